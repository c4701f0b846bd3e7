package boltstore

import (
	"encoding/json"
	"fmt"
	"os"
	"time"

	"gateway/internal/catalog"
)

// holder says which process has the file. It is for people only: the lock is the operating system's.
type holder struct {
	PID     int       `json:"pid"`
	Host    string    `json:"host"`
	Started time.Time `json:"started"`
}

func holderPath(path string) string { return path + ".lock" }

// writeHolder leaves a note about this process. A note that cannot be written is not worth failing for.
func writeHolder(path string, now time.Time) {
	host, _ := os.Hostname()
	data, err := json.Marshal(holder{os.Getpid(), host, now.UTC().Truncate(time.Second)})
	if err != nil {
		return
	}
	part := holderPath(path) + ".new"
	if os.WriteFile(part, data, 0o600) == nil {
		_ = os.Rename(part, holderPath(path))
	}
}

func removeHolder(path string) { _ = os.Remove(holderPath(path)) }

// locked makes the error of a file that another process has.
func locked(path string) error {
	who := "another process"
	var h holder
	if data, err := os.ReadFile(holderPath(path)); err == nil && json.Unmarshal(data, &h) == nil && h.PID != 0 {
		who = fmt.Sprintf("process %d on %s, since %s", h.PID, h.Host, h.Started.Format(time.RFC3339))
	}
	return &catalog.Error{
		Code:    catalog.CodeLocked,
		Message: fmt.Sprintf("%s is in use by %s", path, who),
		Hint:    "stop that process, or give this gateway a data folder of its own",
	}
}
