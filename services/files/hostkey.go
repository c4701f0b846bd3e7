package files

import (
	"crypto/subtle"
	"errors"
	"fmt"
	"net"
	"strings"

	"golang.org/x/crypto/ssh"
	"golang.org/x/crypto/ssh/knownhosts"

	"gateway/services"
)

// hostKeyError is a server with a key that is not known.
type hostKeyError struct {
	offered ssh.PublicKey
	reason  string
}

func (e *hostKeyError) Error() string {
	return fmt.Sprintf("%s: the server has the %s key %s; where that is the right server, put it into host_key",
		e.reason, e.offered.Type(), ssh.FingerprintSHA256(e.offered))
}

// hostKeys makes the check of a server's key. algorithms are those that the
// server is to be asked for, nil for the usual ones.
func (c Config) hostKeys(address string) (check ssh.HostKeyCallback, algorithms []string, err error) {
	switch {
	case c.HostKey != "":
		return fixedHostKey(c.HostKey)
	case c.KnownHostsPath != "":
		return knownHosts(c.KnownHostsPath, address)
	case c.InsecureIgnoreHostKey:
		return ssh.InsecureIgnoreHostKey(), nil, nil
	default:
		return func(_ string, _ net.Addr, offered ssh.PublicKey) error {
			return &hostKeyError{offered, "neither host_key nor known_hosts_path is set"}
		}, nil, nil
	}
}

// fixedHostKey takes a line like those of an SSH .pub file, or a fingerprint as
// ssh-keygen -l prints it.
func fixedHostKey(text string) (ssh.HostKeyCallback, []string, error) {
	if strings.HasPrefix(text, "SHA256:") {
		return func(_ string, _ net.Addr, offered ssh.PublicKey) error {
			if subtle.ConstantTimeCompare([]byte(ssh.FingerprintSHA256(offered)), []byte(text)) != 1 {
				return &hostKeyError{offered, "the key is not that of host_key"}
			}
			return nil
		}, nil, nil
	}
	known, _, _, _, err := ssh.ParseAuthorizedKey([]byte(text))
	if err != nil {
		return nil, nil, services.BadField("host_key", "want a line such as %q, or a fingerprint such as %q", "ssh-ed25519 AAAA…", "SHA256:…")
	}
	fixed := ssh.FixedHostKey(known)
	return func(host string, remote net.Addr, offered ssh.PublicKey) error {
		if fixed(host, remote, offered) != nil {
			return &hostKeyError{offered, "the key is not that of host_key"}
		}
		return nil
	}, algorithmsOf(known.Type()), nil
}

func knownHosts(file, address string) (ssh.HostKeyCallback, []string, error) {
	check, err := knownhosts.New(file)
	if err != nil {
		return nil, nil, services.BadField("known_hosts_path", "%v", err)
	}
	callback := func(host string, remote net.Addr, offered ssh.PublicKey) error {
		if err := check(host, remote, offered); err != nil {
			return &hostKeyError{offered, "the key is not in the file of known_hosts_path"}
		}
		return nil
	}
	// The file says which types of key it has for the host: a server with several
	// must be asked for one of these. A key that cannot be there makes it tell.
	var algorithms []string
	var unknown *knownhosts.KeyError
	err = check(address, &net.TCPAddr{IP: net.IPv4zero}, noKey{})
	if errors.As(err, &unknown) {
		for _, known := range unknown.Want {
			algorithms = append(algorithms, algorithmsOf(known.Key.Type())...)
		}
	}
	return callback, algorithms, nil
}

// noKey is a public key that no server has.
type noKey struct{}

func (noKey) Type() string                        { return "none" }
func (noKey) Marshal() []byte                     { return []byte("none") }
func (noKey) Verify([]byte, *ssh.Signature) error { return fmt.Errorf("no key") }

// algorithmsOf gives the signature algorithms of a type of key.
func algorithmsOf(keyType string) []string {
	if keyType == ssh.KeyAlgoRSA {
		return []string{ssh.KeyAlgoRSASHA512, ssh.KeyAlgoRSASHA256}
	}
	return []string{keyType}
}
