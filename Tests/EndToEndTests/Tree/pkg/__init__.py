from .shapes import Box, area
