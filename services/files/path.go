package files

import (
	"path"
	"strings"
	"unicode"
	"unicode/utf8"

	"gateway"
)

const (
	maxPath = 4096 // bytes, as on Linux
	maxName = 255
)

// partial begins the names of files that are still being written.
const partial = ".upload-"

// CleanPath gives a path with one leading slash and without "." and "..". One
// that leaves the base path, is not UTF-8 or has a control character or backslash
// is [gateway.ErrBadRequest].
func CleanPath(name string) (string, error) {
	switch {
	case len(name) > maxPath:
		return "", gateway.ErrBadRequest.Newf("path has %d bytes; at most %d are allowed", len(name), maxPath)
	case !utf8.ValidString(name), strings.ContainsRune(name, '\\'), strings.ContainsFunc(name, unicode.IsControl):
		return "", gateway.ErrBadRequest.Newf("path %q is not UTF-8 or has a backslash or a control character", name)
	}
	depth := 0
	for part := range strings.SplitSeq(name, "/") {
		switch part {
		case "", ".":
		case "..":
			if depth--; depth < 0 {
				return "", gateway.ErrBadRequest.Newf("path %q leaves the base path", name)
			}
		default:
			if len(part) > maxName {
				return "", gateway.ErrBadRequest.Newf("path has a name of %d bytes; at most %d are allowed", len(part), maxName)
			}
			depth++
		}
	}
	return path.Clean("/" + name), nil
}

// cleanFile is CleanPath for what must not be the base path itself.
func cleanFile(name string) (string, error) {
	clean, err := CleanPath(name)
	if err == nil && clean == "/" {
		return "", gateway.ErrBadRequest.New("the path is the base path itself")
	}
	return clean, err
}

// hidden reports whether a name is left out of listings.
func hidden(name string) bool {
	return name == "." || name == ".." || strings.HasPrefix(name, partial)
}

func notFound(path string) error {
	return gateway.ErrNotFound.Newf("%q does not exist", path)
}

func exists(path string) error {
	return gateway.ErrConflict.Newf("%q exists", path)
}

func isFolder(path string) error {
	return gateway.ErrBadRequest.Newf("%q is a folder", path)
}

func notFolder(path string) error {
	return gateway.ErrBadRequest.Newf("%q is not a folder", path)
}
