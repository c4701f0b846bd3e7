package interp_test

import (
	"testing"

	"go.uber.org/goleak"
)

func TestMain(m *testing.M) {
	goleak.VerifyTestMain(m,
		// What cannot be stopped, in tests of just that.
		goleak.IgnoreAnyFunction("gateway/interp.(*waits).wait.func1"),
		goleak.IgnoreAnyFunction("gateway/interp_test.rawExports.func3"),
	)
}
