package symbols

import (
	_ "embed"
	"strings"
	"sync"

	"golang.org/x/tools/txtar"

	"gateway/symbols/internal/pack"
)

//go:embed docs.pack
var docData []byte

var docPack = sync.OnceValue(func() *pack.Reader { return mustOpen(docData) })

// Doc returns the doc comment of an exported name of the SDK or the standard library as
// plain text, one line for each paragraph: of "Name", of a method or field "Type.Name",
// or of the package where the name is empty. Long texts are cut after about a
// kilobyte. It is empty where there is none.
func Doc(path, name string) string {
	if name == "" {
		name = "package"
	}
	return docs.get(path)[name]
}

// docs keeps the texts of the packages that were asked for.
var docs docCache

type docCache struct {
	mu    sync.Mutex // guards texts; held while a package is read
	texts map[string]map[string]string
}

func (c *docCache) get(path string) map[string]string {
	c.mu.Lock()
	defer c.mu.Unlock()
	if texts, ok := c.texts[path]; ok {
		return texts
	}
	r := docPack()
	if !r.Has(path) {
		return nil
	}
	data, err := r.Read(path)
	if err != nil {
		panic("symbols: " + err.Error()) // embedded data is whole, or the build is broken
	}
	if c.texts == nil {
		c.texts = map[string]map[string]string{}
	}
	texts := map[string]string{}
	for _, f := range txtar.Parse(data).Files {
		texts[f.Name] = strings.TrimSpace(string(f.Data))
	}
	c.texts[path] = texts
	return texts
}
