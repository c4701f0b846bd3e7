// This file lets Go accept functions without a body: see explain.go.
