package object

import (
	"mime"
	"path"
	"strings"
	"unicode"
	"unicode/utf8"

	"gateway"
)

// maxKey is the longest key in bytes: the limit of S3.
const maxKey = 1024

// maxPart is the longest part of a key in bytes: the limit of common file
// systems, which the local kind and several S3 servers store keys on.
const maxPart = 255

// reserved is the first part of no key: the local kind keeps what belongs to
// objects in a folder of this name.
const reserved = ".gateway"

// CheckKey reports as [gateway.ErrBadRequest] what is wrong with a key. A key is
// valid UTF-8 of 1 to 1024 bytes, made of parts of 1 to 255 bytes that are
// separated by "/". No part is "." or "..", the first is not ".gateway", and none
// has a backslash or a control character.
func CheckKey(key string) error {
	if key == "" {
		return gateway.ErrBadRequest.New("an object needs a key")
	}
	if err := checkText("key", key); err != nil {
		return err
	}
	for i, part := range strings.Split(key, "/") {
		switch {
		case part == "":
			return gateway.ErrBadRequest.Newf("key %q begins or ends with a slash, or has two in a row", key)
		case part == "." || part == "..":
			return gateway.ErrBadRequest.Newf("key %q has a part %q", key, part)
		case len(part) > maxPart:
			return gateway.ErrBadRequest.Newf("key has a part of %d bytes; at most %d are allowed", len(part), maxPart)
		case i == 0 && part == reserved:
			return gateway.ErrBadRequest.Newf("keys that begin with %s/ are reserved", reserved)
		}
	}
	return nil
}

// CheckPrefix is [CheckKey] for the beginning of a key: it may be empty, and end
// anywhere in a key.
func CheckPrefix(prefix string) error {
	if prefix == "" {
		return nil
	}
	if err := checkText("prefix", prefix); err != nil {
		return err
	}
	parts := strings.Split(prefix, "/")
	for _, part := range parts[:len(parts)-1] {
		if part == "" || part == "." || part == ".." {
			return gateway.ErrBadRequest.Newf("prefix %q has a part %q", prefix, part)
		}
	}
	return nil
}

func checkText(what, s string) error {
	switch {
	case len(s) > maxKey:
		return gateway.ErrBadRequest.Newf("%s has %d bytes; at most %d are allowed", what, len(s), maxKey)
	case !utf8.ValidString(s):
		return gateway.ErrBadRequest.Newf("%s %q is not UTF-8", what, s)
	case strings.ContainsRune(s, '\\') || strings.ContainsFunc(s, unicode.IsControl):
		return gateway.ErrBadRequest.Newf("%s %q has a backslash or a control character", what, s)
	}
	return nil
}

// checkMetadata holds metadata to what S3 can carry: names of letters, digits and
// '-' in lower case, values of printable ASCII, 2 KiB in all.
func checkMetadata(metadata map[string]string) error {
	total := 0
	for name, value := range metadata {
		total += len(name) + len(value)
		if name == "" || strings.Trim(name, "abcdefghijklmnopqrstuvwxyz0123456789-") != "" {
			return gateway.ErrBadRequest.Newf("metadata name %q is not made of lower case letters, digits and '-'", name)
		}
		if strings.ContainsFunc(value, func(r rune) bool { return r < ' ' || r > '~' }) || value != strings.TrimSpace(value) {
			return gateway.ErrBadRequest.Newf("the value of metadata %q is not printable ASCII without spaces at its ends", name)
		}
	}
	if total > 2048 {
		return gateway.ErrBadRequest.Newf("metadata has %d bytes; at most 2048 are allowed", total)
	}
	return nil
}

// contentTypes adds to the table of package mime what scripts commonly store,
// and makes these the same on every machine: mime reads the system's tables.
var contentTypes = map[string]string{
	".css": "text/css; charset=utf-8", ".csv": "text/csv; charset=utf-8",
	".gif": "image/gif", ".gz": "application/gzip",
	".htm": "text/html; charset=utf-8", ".html": "text/html; charset=utf-8",
	".jpeg": "image/jpeg", ".jpg": "image/jpeg",
	".js": "text/javascript; charset=utf-8", ".json": "application/json",
	".md": "text/markdown; charset=utf-8", ".mp3": "audio/mpeg", ".mp4": "video/mp4",
	".pdf": "application/pdf", ".png": "image/png", ".svg": "image/svg+xml",
	".toml": "application/toml", ".txt": "text/plain; charset=utf-8",
	".wasm": "application/wasm", ".webp": "image/webp",
	".xml": "application/xml", ".yaml": "application/yaml", ".yml": "application/yaml",
	".zip": "application/zip",
}

// contentType guesses the content type of a key from its extension.
func contentType(key string) string {
	extension := strings.ToLower(path.Ext(key))
	if t, ok := contentTypes[extension]; ok {
		return t
	}
	if t := mime.TypeByExtension(extension); t != "" {
		return t
	}
	return "application/octet-stream"
}
