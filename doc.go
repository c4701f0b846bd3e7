// Package gateway is the SDK of handler scripts.
package gateway
