//go:build integration

package integration

import (
	"os"
	"testing"
)

// server gives where a real server is: from the environment, as services.sh env
// prints it.
func server(t testing.TB, name string) string {
	t.Helper()
	value := os.Getenv(name)
	if value == "" {
		t.Skipf("%s is not set: run eval \"$(integration/services.sh env)\"", name)
	}
	return value
}
