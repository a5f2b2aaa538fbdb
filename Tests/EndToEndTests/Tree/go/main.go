package main

import (
	"fmt"

	"example.com/shop/store"
)

func main() {
	s := store.New()
	s.Add(&store.Item{Name: "pen", Price: 2})
	item, err := s.Get("pen")
	fmt.Println(item, err, total(s))
}

func total(s *store.Store) int {
	item, _ := s.Get("pen")
	return item.Price
}
