package object

import (
	"crypto/rand"
	"crypto/sha256"
	"encoding/hex"
	"encoding/json"
	"fmt"
	"io/fs"
	"path"

	"gateway"
)

// sidecars is the folder of the files that hold what a file of an object cannot.
const sidecars = reserved + "/meta"

// sidecar is such a file. Its name is made of the object's key, time and size, so
// it belongs to one state of the object. A file without a sidecar is an object
// that something else than the gateway put there.
type sidecar struct {
	ContentType string            `json:"content_type"`
	ETag        string            `json:"etag"`
	Metadata    map[string]string `json:"metadata,omitempty"`
}

func sidecarName(info gateway.ObjectInfo) string {
	sum := sha256.Sum256([]byte(info.Key))
	name := hex.EncodeToString(sum[:])
	return path.Join(sidecars, name[:2], fmt.Sprintf("%s.%d.%d.json", name[2:], info.LastModified.UnixNano(), info.Size))
}

func (l *Local) writeSidecar(info gateway.ObjectInfo) error {
	data, err := json.Marshal(sidecar{info.ContentType, info.ETag, info.Metadata})
	if err != nil {
		return err
	}
	temporary := path.Join(uploads, rand.Text())
	if err := l.root.WriteFile(temporary, data, 0o640); err != nil {
		return err
	}
	name := sidecarName(info)
	if err := l.root.MkdirAll(path.Dir(name), 0o700); err != nil {
		l.root.Remove(temporary)
		return err
	}
	if err := l.root.Rename(temporary, name); err != nil {
		l.root.Remove(temporary)
		return err
	}
	return nil
}

// readSidecar describes the object whose file is stat.
func (l *Local) readSidecar(key string, stat fs.FileInfo) gateway.ObjectInfo {
	info := gateway.ObjectInfo{Key: key, Size: stat.Size(), LastModified: stat.ModTime().UTC()}
	var side sidecar
	data, err := l.root.ReadFile(sidecarName(info))
	if err != nil || json.Unmarshal(data, &side) != nil {
		info.ContentType = contentType(key)
		info.ETag = fmt.Sprintf("%x-%x", stat.ModTime().UnixNano(), stat.Size())
		return info
	}
	info.ContentType, info.ETag, info.Metadata = side.ContentType, side.ETag, side.Metadata
	return info
}
