package mail

import (
	"errors"
	"net"
	"net/mail"
	"os"
	"slices"
	"strconv"
	"strings"

	"github.com/wneessen/go-mail/smtp"

	"gateway"
	"gateway/services"
)

// The encryptions of a [Config].
const (
	None     = "none"
	StartTLS = "starttls" // TLS after the command of that name, which the server must offer
	TLS      = "tls"      // TLS from the first byte
)

// Config is the configuration of an [SMTP].
type Config struct {
	services.ActorConfig
	Host       string `config:"host,required" doc:"name or address of the server"`
	Port       int    `config:"port" min:"1" max:"65535" doc:"587 usually, 465 with encryption tls, 25 with none"`
	Username   string `config:"username" doc:"account on the server; empty: no login"`
	Password   string `config:"password,secret" doc:"of the account"`
	Encryption string `config:"encryption" oneof:"none starttls tls" doc:"starttls begins TLS on the usual port, tls on one of its own"`
	Auth       string `config:"auth" oneof:"auto scram-sha-256 plain login cram-md5" doc:"how to log in; auto: as the server offers, but no password without TLS"`

	FromAddress string `config:"from_address,required" doc:"sender, unless a message names another"`
	FromName    string `config:"from_name" doc:"its display name"`
	ReplyTo     string `config:"reply_to" doc:"where answers go, unless a message says otherwise"`

	SSLRootCert   string `config:"ssl_root_cert" doc:"file with the certificates of trusted authorities; the system's where empty"`
	SSLSkipVerify bool   `config:"ssl_skip_verify" doc:"accept any certificate of the server"`
	HelloName     string `config:"hello_name" doc:"how the gateway introduces itself; the machine's name where empty"`

	PoolSize           int `config:"pool_size" min:"1" max:"100" doc:"connections at once"`
	TimeoutSeconds     int `config:"timeout_seconds" min:"1" max:"3600" doc:"limit for connecting, and for each answer of the server"`
	MaxRetries         int `config:"max_retries" min:"0" max:"10" doc:"further attempts when the server says to try later"`
	RateLimitPerMinute int `config:"rate_limit_per_minute" min:"0" max:"100000" doc:"messages a minute; 0: any number"`
	MaxMessageMB       int `config:"max_message_mb" min:"1" max:"500" doc:"largest message, encoded, in MiB"`
}

// DefaultConfig is the configuration where nothing is said.
func DefaultConfig() Config {
	return Config{
		ActorConfig: services.DefaultActorConfig(), Port: 587, Encryption: StartTLS, Auth: "auto",
		PoolSize: 4, TimeoutSeconds: 30, MaxRetries: 3, MaxMessageMB: 25,
	}
}

func (c Config) validate() error {
	errs := []error{c.identity().validate()}
	if c.Username == "" && c.Password != "" {
		errs = append(errs, services.BadField("username", "required, as there is a password"))
	}
	if c.HelloName != "" && unsafeText(c.HelloName) {
		errs = append(errs, services.BadField("hello_name", "has a control character"))
	}
	return errors.Join(errs...)
}

func (c Config) identity() Identity { return Identity{c.FromAddress, c.FromName, c.ReplyTo} }

func (i Identity) validate() error {
	var errs []error
	check := func(field, text string) {
		if text == "" {
			return
		}
		if address, err := mail.ParseAddress(text); err != nil || unsafeText(text) || field == "from_address" && address.Address != text {
			errs = append(errs, services.BadField(field, "%q is not a mail address", text))
		}
	}
	check("from_address", i.FromAddress)
	check("reply_to", i.ReplyTo)
	if unsafeText(i.FromName) {
		errs = append(errs, services.BadField("from_name", "has a control character"))
	}
	return errors.Join(errs...)
}

func (c Config) address() string { return net.JoinHostPort(c.Host, strconv.Itoa(c.Port)) }

func (c Config) helloName() string {
	if c.HelloName != "" {
		return c.HelloName
	}
	if name, err := os.Hostname(); err == nil && name != "" && !unsafeText(name) {
		return name
	}
	return "localhost"
}

// auth chooses how to log in, nil for not at all.
func (c Config) auth(client *smtp.Client) (smtp.Auth, error) {
	if c.Username == "" {
		return nil, nil
	}
	_, text := client.Extension("AUTH")
	offered := strings.Fields(strings.ToUpper(text))
	encrypted := c.Encryption != None
	method := c.Auth
	if method == "auto" {
		safe := []string{"scram-sha-256", "cram-md5"}
		if encrypted {
			safe = []string{"scram-sha-256", "plain", "login", "cram-md5"}
		}
		i := slices.IndexFunc(safe, func(m string) bool { return slices.Contains(offered, strings.ToUpper(m)) })
		if i < 0 {
			return nil, gateway.ErrServiceUnavailable.Newf("the mail server offers no login that can be used (it offers %q): see encryption and auth", text)
		}
		method = safe[i]
	}
	switch method {
	case "scram-sha-256":
		return smtp.ScramSHA256Auth(c.Username, c.Password), nil
	case "plain":
		return smtp.PlainAuth("", c.Username, c.Password, c.Host, !encrypted), nil
	case "login":
		return smtp.LoginAuth(c.Username, c.Password, c.Host, !encrypted), nil
	default:
		return smtp.CRAMMD5Auth(c.Username, c.Password), nil
	}
}
