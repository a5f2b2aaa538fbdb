from pkg import Box, area


def main():
    print(area(Box(2, 3)))


main()
