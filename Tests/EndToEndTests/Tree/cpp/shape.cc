#include "shape.hpp"

namespace shapes {

template <typename T>
double Box<T>::area() const { return width_ * height_; }

int count(const std::string& text) { return count(static_cast<int>(text.size())); }

int count(int number) { return number; }

namespace {
int helper() {
  Box<int> box(1, 2);
  return count(static_cast<int>(box.area() + box.scaled(2)));
}
}  // namespace

}  // namespace shapes

int main() { return shapes::count("x"); }
