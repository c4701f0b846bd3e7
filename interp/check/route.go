package check

// A Route is one parsed `//gateway:route METHOD /path key=value…` directive.
type Route struct {
	Method   string // upper case; "ANY" for every method
	Path     string // the path pattern, such as "/pets/{id}"
	Settings map[string]string
	File     string
	Line     int
}
