package main

import (
	"cmp"
	"errors"
	"fmt"
	"maps"
	"slices"
	"strings"
)

type Entity[ID cmp.Ordered] interface {
	EntityID() ID
}

type Repository[ID cmp.Ordered, E Entity[ID]] interface {
	Find(ID) (E, error)
	Save(...E) error
	List(Query[E]) Page[E]
}

type Query[E any] struct {
	Where  func(E) bool
	Order  func(a, b E) int
	Offset int
	Limit  int
}

type Page[E any] struct {
	Items []E
	Total int
	Next  *int
}

type NotFound[ID any] struct{ ID ID }

func (n NotFound[ID]) Error() string { return fmt.Sprintf("%T %v not found", n.ID, n.ID) }

type memory[ID cmp.Ordered, E Entity[ID]] struct{ rows map[ID]E }

func NewMemory[ID cmp.Ordered, E Entity[ID]]() Repository[ID, E] {
	return &memory[ID, E]{rows: map[ID]E{}}
}

func (m *memory[ID, E]) Find(id ID) (E, error) {
	if e, ok := m.rows[id]; ok {
		return e, nil
	}
	var none E
	return none, NotFound[ID]{id}
}

func (m *memory[ID, E]) Save(es ...E) error {
	for _, e := range es {
		if cmp.Compare(e.EntityID(), *new(ID)) == 0 {
			return errors.New("entity without id")
		}
		m.rows[e.EntityID()] = e
	}
	return nil
}

func (m *memory[ID, E]) List(q Query[E]) (p Page[E]) {
	for _, id := range slices.Sorted(maps.Keys(m.rows)) {
		if e := m.rows[id]; q.Where == nil || q.Where(e) {
			p.Items = append(p.Items, e)
		}
	}
	if q.Order != nil {
		slices.SortStableFunc(p.Items, q.Order)
	}
	p.Total = len(p.Items)
	p.Items = p.Items[min(q.Offset, p.Total):]
	if q.Limit > 0 && q.Limit < len(p.Items) {
		p.Items = p.Items[:q.Limit]
		p.Next = new(q.Offset + q.Limit)
	}
	return p
}

type cached[ID cmp.Ordered, E Entity[ID]] struct {
	Repository[ID, E]
	hits  int
	cache map[ID]E
}

func (c *cached[ID, E]) Find(id ID) (E, error) {
	if e, ok := c.cache[id]; ok {
		c.hits++
		return e, nil
	}
	e, err := c.Repository.Find(id)
	if err == nil {
		c.cache[id] = e
	}
	return e, err
}

type Slug string

type Post struct {
	Slug  Slug
	Title string
	Likes int
}

func (p Post) EntityID() Slug { return p.Slug }

type User struct {
	ID   int
	Name string
}

func (u *User) EntityID() int { return u.ID }

func main() {
	posts := NewMemory[Slug, Post]()
	fmt.Println(posts.Save(Post{"b", "Beta", 5}, Post{"a", "Alpha", 9}, Post{"c", "Gamma", 5}), posts.Save(Post{}))
	page := posts.List(Query[Post]{Order: func(a, b Post) int { return b.Likes - a.Likes }, Limit: 2})
	fmt.Println(page.Items, page.Total, *page.Next)
	page = posts.List(Query[Post]{Where: func(p Post) bool { return strings.Contains(p.Title, "m") }, Offset: *page.Next - 2})
	fmt.Println(page.Items, page.Next == nil)
	_, err := posts.Find("zz")
	var missing NotFound[Slug]
	var other NotFound[int]
	fmt.Println(err, errors.As(err, &missing), errors.As(err, &other), missing.ID)
	users := &cached[int, *User]{Repository: NewMemory[int, *User](), cache: map[int]*User{}}
	users.Save(&User{1, "ann"}, &User{2, "bob"})
	for range 3 {
		if u, err := users.Find(1); err == nil {
			u.Name += "!"
		}
	}
	u, err := users.Find(9)
	fmt.Println(u == nil, err, users.hits)
	for _, u := range users.List(Query[*User]{}).Items {
		fmt.Print(*u, " ")
	}
	fmt.Printf("%T %T\n", posts, page)
}

// Output:
// <nil> entity without id
// [{a Alpha 9} {b Beta 5}] 3 2
// [{c Gamma 5}] true
// main.Slug zz not found true false zz
// true int 9 not found 2
// {1 ann!!!} {2 bob} *main.memory[main.Slug,main.Post] main.Page[main.Post]
