package main

import (
	"bufio"
	"encoding/json"
	"fmt"
	"io"
	"maps"
	"net/url"
	"slices"
	"strings"
	"time"

	"github.com/spf13/cobra"
)

func newLogs() *cobra.Command {
	var follow bool
	var limit int
	cmd := &cobra.Command{
		Use:   "logs ENDPOINT",
		Short: "Read or follow an endpoint's log",
		Long: `Print the last records of an endpoint's log, oldest first. With --follow go on
with new ones until interrupted. ENDPOINT is a name or an id.`,
		Args: cobra.ExactArgs(1),
		RunE: func(cmd *cobra.Command, args []string) error {
			c, err := newClient(cmd)
			if err != nil {
				return err
			}
			var endpoint struct {
				ID string `json:"id"`
			}
			if err := c.call(cmd.Context(), "GET", "/api/endpoints/"+url.PathEscape(args[0]), nil, &endpoint); err != nil {
				return err
			}
			var records []logRecord
			path := fmt.Sprintf("/api/endpoints/%s/logs?limit=%d", endpoint.ID, limit)
			if err := c.call(cmd.Context(), "GET", path, nil, &records); err != nil {
				return err
			}
			for _, r := range records {
				r.print(cmd.OutOrStdout())
			}
			if !follow {
				return nil
			}
			res, err := c.do(cmd.Context(), "GET", "/api/endpoints/"+endpoint.ID+"/logs/stream", nil)
			if err != nil {
				return err
			}
			defer res.Body.Close()
			lines := bufio.NewScanner(res.Body)
			lines.Buffer(nil, 1<<20)
			for lines.Scan() {
				data, ok := strings.CutPrefix(lines.Text(), "data: ")
				var r logRecord
				if ok && json.Unmarshal([]byte(data), &r) == nil {
					r.print(cmd.OutOrStdout())
				}
			}
			if cmd.Context().Err() != nil {
				return nil
			}
			return lines.Err()
		},
	}
	cmd.Flags().BoolVarP(&follow, "follow", "f", false, "go on with new records")
	cmd.Flags().IntVarP(&limit, "limit", "n", 100, "print at most the last `N` records")
	addClientFlags(cmd)
	return cmd
}

// logRecord is one record as the admin API gives it.
type logRecord struct {
	Time    time.Time      `json:"time"`
	Level   string         `json:"level"`
	Message string         `json:"message"`
	Attrs   map[string]any `json:"attrs"`
}

func (r logRecord) print(w io.Writer) {
	fmt.Fprintf(w, "%s %-5s %s", r.Time.Local().Format("2006-01-02 15:04:05.000"), r.Level, r.Message)
	for _, name := range slices.Sorted(maps.Keys(r.Attrs)) {
		fmt.Fprintf(w, " %s=%v", name, r.Attrs[name])
	}
	fmt.Fprintln(w)
}
