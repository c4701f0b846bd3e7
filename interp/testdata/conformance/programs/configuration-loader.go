package main

import (
	"bufio"
	"errors"
	"fmt"
	"io"
	"reflect"
	"strconv"
	"strings"
	"time"
)

type Level int

func (l *Level) UnmarshalText(b []byte) error {
	for i, name := range []string{"debug", "info", "error"} {
		if string(b) == name {
			*l = Level(i)
			return nil
		}
	}
	return fmt.Errorf("no level %q", b)
}

type Config struct {
	Name    string        `cfg:"name" default:"gateway"`
	Debug   bool          `cfg:"debug"`
	Timeout time.Duration `cfg:"timeout" default:"30s"`
	Level   Level         `cfg:"level" default:"info"`
	Hosts   []string      `cfg:"hosts"`
	Limits  []int         `cfg:"limits" default:"1,2"`
	Server  struct {
		Port uint16  `cfg:"port" default:"8080" env:"PORT"`
		Rate float64 `cfg:"rate"`
		TLS  *TLS    `cfg:"tls"`
	} `cfg:"server"`
	Labels map[string]string `cfg:"labels"`
	unset  int
}

type TLS struct {
	Cert string `cfg:"cert,required"`
	Min  int    `cfg:"min" default:"12"`
}

type lineError struct {
	line int
	err  error
}

func (e lineError) Error() string { return fmt.Sprintf("line %d: %v", e.line, e.err) }

func (e lineError) Unwrap() error { return e.err }

var errSyntax = errors.New("syntax")

type values map[string]string

func parse(r io.Reader) (v values, err error) {
	v = values{}
	section := ""
	sc := bufio.NewScanner(r)
	for n := 1; sc.Scan(); n++ {
		line := strings.TrimSpace(sc.Text())
		switch {
		case line == "" || line[0] == '#' || line[0] == ';':
		case line[0] == '[' && line[len(line)-1] == ']':
			section = line[1:len(line)-1] + "."
		default:
			key, val, ok := strings.Cut(line, "=")
			if !ok {
				return nil, lineError{n, fmt.Errorf("%w: %q", errSyntax, line)}
			}
			val = strings.TrimSpace(val)
			if strings.HasPrefix(val, `"`) {
				if val, err = strconv.Unquote(val); err != nil {
					return nil, lineError{n, err}
				}
			}
			v[section+strings.TrimSpace(key)] = val
		}
	}
	return v, sc.Err()
}

type loader struct {
	values values
	env    func(string) (string, bool)
	used   map[string]bool
	errs   []error
}

func (l *loader) lookup(key string, f reflect.StructField) (string, bool) {
	if name, ok := f.Tag.Lookup("env"); ok {
		if v, ok := l.env(name); ok {
			return v, true
		}
	}
	if v, ok := l.values[key]; ok {
		l.used[key] = true
		return v, true
	}
	return f.Tag.Lookup("default")
}

func (l *loader) has(prefix string) bool {
	for k := range l.values {
		if strings.HasPrefix(k, prefix) {
			return true
		}
	}
	return false
}

func (l *loader) fill(prefix string, v reflect.Value) {
	for i := range v.NumField() {
		f, fv := v.Type().Field(i), v.Field(i)
		tag, ok := f.Tag.Lookup("cfg")
		if !ok {
			continue
		}
		name, opt, _ := strings.Cut(tag, ",")
		key := prefix + name
		switch {
		case fv.Kind() == reflect.Struct:
			l.fill(key+".", fv)
			continue
		case fv.Kind() == reflect.Pointer && fv.Type().Elem().Kind() == reflect.Struct:
			if l.has(key + ".") {
				fv.Set(reflect.New(fv.Type().Elem()))
				l.fill(key+".", fv.Elem())
			}
			continue
		case fv.Kind() == reflect.Map:
			for k, val := range l.values {
				if sub, ok := strings.CutPrefix(k, key+"."); ok {
					if fv.IsNil() {
						fv.Set(reflect.MakeMap(fv.Type()))
					}
					fv.SetMapIndex(reflect.ValueOf(sub), reflect.ValueOf(val))
					l.used[k] = true
				}
			}
			continue
		}
		text, ok := l.lookup(key, f)
		if !ok {
			if opt == "required" {
				l.errs = append(l.errs, fmt.Errorf("%s is required", key))
			}
			continue
		}
		if err := set(fv, text); err != nil {
			l.errs = append(l.errs, fmt.Errorf("%s: %w", key, err))
		}
	}
}

func set(v reflect.Value, text string) error {
	if u, ok := v.Addr().Interface().(interface{ UnmarshalText([]byte) error }); ok {
		return u.UnmarshalText([]byte(text))
	}
	switch p := v.Addr().Interface().(type) {
	case *time.Duration:
		d, err := time.ParseDuration(text)
		*p = d
		return err
	case *string:
		*p = text
		return nil
	}
	switch v.Kind() {
	case reflect.Bool:
		b, err := strconv.ParseBool(text)
		v.SetBool(b)
		return err
	case reflect.Int:
		n, err := strconv.ParseInt(text, 0, v.Type().Bits())
		v.SetInt(n)
		return err
	case reflect.Uint16:
		n, err := strconv.ParseUint(text, 0, v.Type().Bits())
		v.SetUint(n)
		return err
	case reflect.Float64:
		f, err := strconv.ParseFloat(text, 64)
		v.SetFloat(f)
		return err
	case reflect.Slice:
		for i, part := range strings.Split(text, ",") {
			e := reflect.New(v.Type().Elem()).Elem()
			if err := set(e, strings.TrimSpace(part)); err != nil {
				return fmt.Errorf("element %d: %w", i, err)
			}
			v.Set(reflect.Append(v, e))
		}
		return nil
	}
	return fmt.Errorf("%v is not supported", v.Type())
}

func Load(text string, env map[string]string) (c Config, err error) {
	v, err := parse(strings.NewReader(text))
	if err != nil {
		return c, err
	}
	l := &loader{v, func(k string) (string, bool) { v, ok := env[k]; return v, ok }, map[string]bool{}, nil}
	l.fill("", reflect.ValueOf(&c).Elem())
	for k := range v {
		if !l.used[k] {
			l.errs = append(l.errs, fmt.Errorf("unknown key %s", k))
		}
	}
	return c, errors.Join(l.errs...)
}

func main() {
	c, err := Load("", nil)
	fmt.Printf("%+v %v\n", c, err)
	c, err = Load("name = \"a # b\"\ndebug=true\nlevel=error\n# comment\nhosts = x, y\n[server]\nport=0x50\nrate = 1.5\n[server.tls]\ncert = c.pem\n[labels]\nteam = core\n", map[string]string{"PORT": "99"})
	tls := c.Server.TLS
	c.Server.TLS = nil
	fmt.Printf("%+v %+v %v\n", c, *tls, err)
	for _, bad := range []string{"oops", "\n[x]\nname = \"open", "level = loud", "limits=1,b", "[server]\nport = 70000", "timeout=5", "[server.tls]\nmin=1", "who=me"} {
		_, err := Load(bad, nil)
		var le lineError
		fmt.Println(err, errors.As(err, &le), errors.Is(err, errSyntax), errors.Is(err, strconv.ErrRange))
	}
}

// Output:
// {Name:gateway Debug:false Timeout:30s Level:1 Hosts:[] Limits:[1 2] Server:{Port:8080 Rate:0 TLS:<nil>} Labels:map[] unset:0} <nil>
// {Name:a # b Debug:true Timeout:30s Level:2 Hosts:[x y] Limits:[1 2] Server:{Port:99 Rate:1.5 TLS:<nil>} Labels:map[team:core] unset:0} {Cert:c.pem Min:12} unknown key server.port
// line 1: syntax: "oops" true true false
// line 3: invalid syntax true false false
// level: no level "loud" false false false
// limits: element 1: strconv.ParseInt: parsing "b": invalid syntax false false false
// server.port: strconv.ParseUint: parsing "70000": value out of range false false true
// timeout: time: missing unit in duration "5" false false false
// server.tls.cert is required false false false
// unknown key who false false false
