package interp

import (
	"runtime"
	"strings"
	"sync"
)

// callSites remembers what the functions at return addresses are.
type callSites struct{ kinds sync.Map } // uintptr → siteKind

type siteKind int

const (
	siteForeign    siteKind = iota // compiled code that must see a panic
	siteYaegi                      // between a step that calls and the function it calls
	siteGuard                      // a guard's step
	siteUnwinder                   // the unwinder itself
	siteRecovering                 // compiled code that recovers panics
)

// calledByStep reports whether the function that runs the unwinder was called by a
// guarded step, with nothing but the interpreter in between.
func (u *unwinder) calledByStep() bool {
	var pcs [24]uintptr
	for _, pc := range pcs[:runtime.Callers(2, pcs[:])] {
		switch u.sites.kind(pc) {
		case siteGuard:
			return true
		case siteForeign, siteRecovering:
			return false
		}
	}
	return false
}

func (s *callSites) kind(pc uintptr) siteKind {
	if k, ok := s.kinds.Load(pc); ok {
		return k.(siteKind)
	}
	k := siteForeign
	if fn := runtime.FuncForPC(pc - 1); fn != nil {
		k = classify(fn.Name())
	}
	s.kinds.Store(pc, k)
	return k
}

const (
	yaegiPackage = "github.com/traefik/yaegi/interp."
	ownPackage   = "gateway/interp."
)

// recovered reports whether code that is known to recover panics is on the stack.
func (s *callSites) recovered() bool {
	pcs := make([]uintptr, 64)
	for {
		n := runtime.Callers(2, pcs)
		if n < len(pcs) {
			pcs = pcs[:n]
			break
		}
		pcs = make([]uintptr, 4*len(pcs))
	}
	for i := len(pcs) - 1; i >= 0; i-- { // it is near the root
		if s.kind(pcs[i]) == siteRecovering {
			return true
		}
	}
	return false
}

// recovers tells from a function's name that it recovers panics.
func recovers(name string) bool {
	switch name {
	case ownPackage + "(*activeCall).run",
		"net/http.(*conn).serve",
		"runtime.corostart": // iter.Pull hands the panic to its caller
		return true
	}
	return strings.HasPrefix(name, "gateway/") && !strings.HasPrefix(name, "gateway/interp")
}

// classify tells from a function's name what it is. Functions of yaegi that are
// not known to return at once count as foreign: they would go on with the zero
// values of the function that panicked.
func classify(name string) siteKind {
	switch {
	case recovers(name):
		return siteRecovering
	case strings.HasPrefix(name, ownPackage+"(*guard)."):
		return siteGuard
	case strings.HasPrefix(name, ownPackage+"(*unwinder).runUnwind"), strings.HasPrefix(name, ownPackage+"(*unwinder).calledByStep"):
		return siteUnwinder
	case name == yaegiPackage+"runCfg",
		strings.HasPrefix(name, ownPackage+"(*function).run"),
		strings.HasPrefix(name, ownPackage+"(*scriptCall)."),
		strings.HasPrefix(name, ownPackage+"(*closure)."),
		strings.HasPrefix(name, yaegiPackage+"call.func"),
		strings.HasPrefix(name, yaegiPackage+"callBin.func"),
		strings.HasPrefix(name, yaegiPackage+"genFunctionWrapper.func"),
		strings.HasPrefix(name, yaegiPackage+"getFunc.func"):
		return siteYaegi
	}
	switch name {
	case "reflect.Value.Call", "reflect.Value.CallSlice", "reflect.Value.call", "reflect.call",
		"runtime.reflectcall", "reflect.callReflect", "reflect.makeFuncStub":
		return siteYaegi
	}
	if strings.HasPrefix(name, "runtime.call") { // runtime.call64 …: reflectcall by frame size
		return siteYaegi
	}
	return siteForeign
}
