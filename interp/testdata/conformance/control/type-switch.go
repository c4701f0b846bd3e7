package main

import "fmt"

type S struct{}
type I interface{ M() int }

func (S) M() int { return 1 }
func f(v any) string {
	switch x := v.(type) {
	case nil:
		return "nil"
	case int, int64:
		return fmt.Sprintf("int %v", x)
	case string:
		return "s" + x
	case []byte:
		return "b"
	case error:
		return "err"
	case I:
		return fmt.Sprint("I", x.M())
	case map[string]any:
		return "m"
	case func() int:
		return "f"
	default:
		return fmt.Sprintf("%T", x)
	}
}
func main() {
	fmt.Println(f(nil), f(1), f(int64(2)), f("a"), f([]byte{}), f(fmt.Errorf("e")), f(S{}), f(map[string]any{}), f(func() int { return 1 }), f(1.5))
}

// Output:
// nil int 1 int 2 sa b err I1 m f float64
