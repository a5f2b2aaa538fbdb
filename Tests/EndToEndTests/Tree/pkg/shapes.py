"""Shapes and what they measure."""
import math
from .inner.units import scale

LIMIT = 10


class Shape:
    """Anything with an area."""

    def area(self):
        raise NotImplementedError


class Box(Shape):
    def __init__(self, width, height):
        self.width = width
        self.height = height

    def area(self):
        return scale(self.width * self.height)

    @property
    def ratio(self):
        return self.width / self.height


def area(shape):
    return min(shape.area(), LIMIT)


def circle(radius):
    def inner(x):
        return x * x
    return math.pi * inner(radius)
