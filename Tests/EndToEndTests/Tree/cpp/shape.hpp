#pragma once
#include <string>

namespace shapes {

/// Anything with an area.
class Shape {
 public:
  virtual ~Shape() = default;
  virtual double area() const = 0;
  double scaled(double by) const { return area() * by; }
};

template <typename T>
class Box : public Shape {
 public:
  Box(T width, T height) : width_(width), height_(height) {}
  double area() const override;
  bool operator==(const Box& other) const { return width_ == other.width_; }

 private:
  T width_, height_;
};

int count(const std::string& text);
int count(int number);

}  // namespace shapes
