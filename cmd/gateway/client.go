package main

import (
	"bytes"
	"context"
	"encoding/json"
	"errors"
	"fmt"
	"io"
	"net"
	"net/http"
	"os"
	"path/filepath"
	"strings"

	"github.com/spf13/cobra"

	"gateway/interp/check"
)

// client speaks to the admin API of a running gateway.
type client struct {
	base string // such as http://127.0.0.1:9081
	key  string
}

// addClientFlags gives a command what newClient reads.
func addClientFlags(cmd *cobra.Command) {
	addSettingFlags(cmd)
	cmd.Flags().String("admin", "", "`URL` of the admin API (http://ADMIN-LISTEN)")
	cmd.Flags().String("key", "", "admin `KEY` (GATEWAY_ADMIN_KEY, or what DATA/admin.key holds)")
}

func newClient(cmd *cobra.Command) (*client, error) {
	c, err := loadConfig(cmd)
	if err != nil {
		return nil, err
	}
	base, _ := cmd.Flags().GetString("admin")
	key, _ := cmd.Flags().GetString("key")
	if base == "" {
		host, port, err := net.SplitHostPort(c.Admin.Listen)
		if err != nil {
			return nil, err
		}
		if ip := net.ParseIP(host); host == "" || ip != nil && ip.IsUnspecified() {
			host = "127.0.0.1"
		}
		base = "http://" + net.JoinHostPort(host, port)
	}
	if key == "" {
		key = c.Admin.Key
	}
	if key == "" {
		path := filepath.Join(c.Server.Data, "admin.key")
		text, err := os.ReadFile(path)
		if err != nil {
			return nil, fmt.Errorf("no admin key: give one with --key or GATEWAY_ADMIN_KEY, or name the gateway's folder with --data (%w)", err)
		}
		key = strings.TrimSpace(string(text))
	}
	return &client{base: strings.TrimSuffix(base, "/"), key: key}, nil
}

// failure is an answer of the admin API that is not a success.
type failure struct {
	status      int
	message     string
	diagnostics []check.Diagnostic
}

func (f *failure) Error() string { return f.message }

// call makes one call and decodes the data of a successful answer into out.
func (c *client) call(ctx context.Context, method, path string, in, out any) error {
	res, err := c.do(ctx, method, path, in)
	if err != nil {
		return err
	}
	defer res.Body.Close()
	if out == nil {
		return nil
	}
	envelope := struct {
		Data any `json:"data"`
	}{out}
	if err := json.NewDecoder(res.Body).Decode(&envelope); err != nil {
		return fmt.Errorf("%s %s: decode the answer: %w", method, path, err)
	}
	return nil
}

// do makes one call. The caller closes the body of a successful answer; any other
// answer is a *failure.
func (c *client) do(ctx context.Context, method, path string, in any) (*http.Response, error) {
	var body io.Reader
	if in != nil {
		data, err := json.Marshal(in)
		if err != nil {
			return nil, fmt.Errorf("%s %s: %w", method, path, err)
		}
		body = bytes.NewReader(data)
	}
	req, err := http.NewRequestWithContext(ctx, method, c.base+path, body)
	if err != nil {
		return nil, fmt.Errorf("%s %s: %w", method, path, err)
	}
	req.Header.Set("Authorization", "Bearer "+c.key)
	req.Header.Set("Content-Type", "application/json")
	res, err := http.DefaultClient.Do(req)
	if err != nil {
		var op *net.OpError
		if errors.As(err, &op) {
			return nil, fmt.Errorf("no gateway answers at %s: is it running? (%w)", c.base, err)
		}
		return nil, err
	}
	if res.StatusCode < 300 {
		return res, nil
	}
	defer res.Body.Close()
	var envelope struct {
		Error       string             `json:"error"`
		Diagnostics []check.Diagnostic `json:"diagnostics"`
	}
	if err := json.NewDecoder(io.LimitReader(res.Body, 1<<20)).Decode(&envelope); err != nil || envelope.Error == "" {
		envelope.Error = "the gateway answers " + res.Status
	}
	return nil, &failure{status: res.StatusCode, message: envelope.Error, diagnostics: envelope.Diagnostics}
}
