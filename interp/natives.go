package interp

import (
	"reflect"
	"time"

	"gateway/interp/lower"
)

// replaceNatives replaces functions of the standard library that would outlive the
// instance by ones that end with it.
func (i *Instance) replaceNatives(exports map[string]map[string]reflect.Value) {
	names := exports[lower.ImportPath+"/"+lower.ImportPath]
	for name, s := range i.program.lowered.Symbols {
		if s.Kind == lower.Native && s.Path == "time" && s.Name == "Sleep" {
			names[name] = reflect.ValueOf(i.sleep)
		}
	}
}

// sleep is time.Sleep that ends when the instance does.
func (i *Instance) sleep(d time.Duration) {
	if d <= 0 {
		time.Sleep(d)
		return
	}
	t := time.NewTimer(d)
	defer t.Stop()
	select {
	case <-t.C:
	case <-i.machine.done:
	}
}
