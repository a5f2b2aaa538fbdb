// Package store keeps items.
package store

import "errors"

// ErrMissing says that nothing has that name.
var ErrMissing = errors.New("missing")

type Item struct {
	Name  string
	Price int
}

type Store struct {
	items map[string]*Item
}

func New() *Store { return &Store{items: map[string]*Item{}} }

// Add keeps an item under its name.
func (s *Store) Add(item *Item) { s.items[item.Name] = item }

func (s *Store) Get(name string) (*Item, error) {
	if item, ok := s.items[name]; ok {
		return item, nil
	}
	return nil, ErrMissing
}
