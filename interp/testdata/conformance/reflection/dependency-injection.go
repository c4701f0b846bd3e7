package main

import (
	"errors"
	"fmt"
	"reflect"
	"strings"
)

type Container struct {
	providers map[reflect.Type]reflect.Value
	instances map[reflect.Type]reflect.Value
	building  []reflect.Type
	log       []string
}

var errorType = reflect.TypeFor[error]()

func New(providers ...any) *Container {
	c := &Container{providers: map[reflect.Type]reflect.Value{}, instances: map[reflect.Type]reflect.Value{}}
	for _, p := range providers {
		v := reflect.ValueOf(p)
		if v.Kind() != reflect.Func {
			c.instances[v.Type()] = v
			continue
		}
		c.providers[v.Type().Out(0)] = v
	}
	return c
}

func (c *Container) resolve(t reflect.Type) (reflect.Value, error) {
	if v, ok := c.instances[t]; ok {
		return v, nil
	}
	for _, b := range c.building {
		if b == t {
			return reflect.Value{}, fmt.Errorf("%v needs itself", t)
		}
	}
	p, ok := c.providers[t]
	if !ok {
		if t.Kind() == reflect.Interface {
			for it, v := range c.instances {
				if it.Implements(t) {
					return v, nil
				}
			}
			for pt := range c.providers {
				if pt.Implements(t) {
					return c.resolve(pt)
				}
			}
		}
		return reflect.Value{}, fmt.Errorf("no provider for %v", t)
	}
	c.building = append(c.building, t)
	defer func() { c.building = c.building[:len(c.building)-1] }()
	out, err := c.call(p)
	if err != nil {
		return reflect.Value{}, fmt.Errorf("build %v: %w", t, err)
	}
	c.log = append(c.log, fmt.Sprint(t))
	c.instances[t] = out[0]
	return out[0], nil
}

func (c *Container) call(f reflect.Value) ([]reflect.Value, error) {
	var args []reflect.Value
	for i := range f.Type().NumIn() {
		a, err := c.resolve(f.Type().In(i))
		if err != nil {
			return nil, err
		}
		args = append(args, a)
	}
	out := f.Call(args)
	if n := len(out); n > 0 && out[n-1].Type() == errorType {
		if err, _ := out[n-1].Interface().(error); err != nil {
			return nil, err
		}
	}
	return out, nil
}

func Get[T any](c *Container) (t T, err error) {
	v, err := c.resolve(reflect.TypeFor[T]())
	if err != nil {
		return t, err
	}
	return v.Interface().(T), nil
}

func (c *Container) Invoke(f any) error {
	_, err := c.call(reflect.ValueOf(f))
	return err
}

func (c *Container) Fill(dst any) error {
	v := reflect.ValueOf(dst).Elem()
	for i := range v.NumField() {
		if _, ok := v.Type().Field(i).Tag.Lookup("inject"); !ok {
			continue
		}
		dep, err := c.resolve(v.Field(i).Type())
		if err != nil {
			return fmt.Errorf("field %s: %w", v.Type().Field(i).Name, err)
		}
		v.Field(i).Set(dep)
	}
	return nil
}

type Config struct{ DSN string }

type Logger interface{ Log(string) }

type memLogger struct{ lines []string }

func (m *memLogger) Log(s string) { m.lines = append(m.lines, s) }

type DB struct{ dsn string }

type Repo struct {
	db  *DB
	log Logger
}

type Service struct {
	repo *Repo
	log  Logger
}

type A struct{}

type B struct{}

type Clock func() int

func main() {
	c := New(
		Config{"mem://"},
		Clock(func() int { return 7 }),
		func() *memLogger { return &memLogger{} },
		func(cfg Config) (*DB, error) {
			if cfg.DSN == "" {
				return nil, errors.New("no dsn")
			}
			return &DB{cfg.DSN}, nil
		},
		func(db *DB, l Logger) *Repo { l.Log("repo on " + db.dsn); return &Repo{db, l} },
		func(r *Repo, l Logger) Service { return Service{r, l} },
		func(B) A { return A{} },
		func(A) B { return B{} },
	)
	s, err := Get[Service](c)
	fmt.Println(err, s.repo.db.dsn, s.log.(*memLogger).lines, s.repo.log == s.log)
	again, _ := Get[Service](c)
	fmt.Println(again == s, strings.Join(c.log, " "))
	_, err = Get[A](c)
	fmt.Println(err)
	_, err = Get[fmt.Stringer](c)
	fmt.Println(err)
	var target struct {
		Repo  *Repo  `inject:""`
		Log   Logger `inject:""`
		Clock Clock  `inject:""`
		Other int
	}
	fmt.Println(c.Fill(&target), target.Repo == s.repo, target.Clock(), target.Other)
	fmt.Println(c.Invoke(func(r *Repo, now Clock) error { return fmt.Errorf("invoked at %d with %s", now(), r.db.dsn) }))
	_, err = Get[*DB](New(Config{}, func(c Config) (*DB, error) { return nil, fmt.Errorf("dsn %q", c.DSN) }))
	fmt.Println(err)
}

// Exit status: 2

// Output:
// <nil> mem:// [repo on mem://] true
// true *main.DB *main.memLogger *main.Repo main.Service
// build main.A: build main.B: main.A needs itself
// no provider for fmt.Stringer
