package main

import (
	"encoding/base64"
	"encoding/csv"
	"encoding/hex"
	"encoding/json"
	"encoding/xml"
	"errors"
	"fmt"
	"io"
	"io/fs"
	"net/url"
	"strconv"
	"strings"
	"testing/fstest"
	"time"
)

func main() {
	_, err := strconv.Atoi("12a")
	var num *strconv.NumError
	fmt.Println(errors.As(err, &num), num.Func, num.Num, num.Err == strconv.ErrSyntax, err)
	_, err = strconv.ParseInt("999", 10, 8)
	fmt.Println(errors.Is(err, strconv.ErrRange), err)
	_, err = strconv.ParseBool("maybe")
	fmt.Println(err)
	var dst struct {
		Name string
		Tags []struct{ ID int }
	}
	var syntax *json.SyntaxError
	err = json.Unmarshal([]byte(`{"name": "a",}`), &dst)
	fmt.Println(errors.As(err, &syntax), syntax.Offset, err)
	var typeErr *json.UnmarshalTypeError
	err = json.Unmarshal([]byte(`{"tags":[{"id":1},{"id":"x"}]}`), &dst)
	fmt.Println(errors.As(err, &typeErr), typeErr.Field, typeErr.Value, typeErr.Type, typeErr.Offset, err)
	err = json.Unmarshal([]byte(`{}`), dst)
	fmt.Println(err)
	fmt.Println(json.Unmarshal([]byte(``), &dst), json.Unmarshal([]byte(`{"a":`), &dst))
	_, err = base64.StdEncoding.DecodeString("ab$d")
	var corrupt base64.CorruptInputError
	fmt.Println(errors.As(err, &corrupt), int64(corrupt), err)
	_, err = hex.DecodeString("abz0")
	var badByte hex.InvalidByteError
	fmt.Println(errors.As(err, &badByte), string(rune(badByte)), err)
	_, err = hex.DecodeString("abc")
	fmt.Println(err == hex.ErrLength)
	_, err = url.Parse("http://[::1")
	var ue *url.Error
	fmt.Println(errors.As(err, &ue), ue.Op, ue.Timeout(), err)
	_, err = url.QueryUnescape("%zz")
	fmt.Println(err)
	_, err = time.Parse(time.DateOnly, "2024-13-01")
	var pe *time.ParseError
	fmt.Println(errors.As(err, &pe), pe.Value, pe.Message, err)
	_, err = time.ParseDuration("5 parsecs")
	fmt.Println(err)
	_, err = csv.NewReader(strings.NewReader("a,b\n\"c,d\n")).ReadAll()
	var ce *csv.ParseError
	fmt.Println(errors.As(err, &ce), ce.Line, ce.StartLine, ce.Err == csv.ErrQuote, err)
	err = xml.Unmarshal([]byte("<a><b></a>"), &dst)
	var xe *xml.SyntaxError
	fmt.Println(errors.As(err, &xe), xe.Line, err)
	fsys := fstest.MapFS{"dir/file": {Data: []byte("x")}}
	_, err = fs.ReadFile(fsys, "dir/none")
	var path *fs.PathError
	fmt.Println(errors.Is(err, fs.ErrNotExist), errors.As(err, &path), path.Op, path.Path, err)
	_, err = fs.ReadFile(fsys, "../up")
	fmt.Println(errors.Is(err, fs.ErrInvalid), err)
	_, err = io.ReadFull(strings.NewReader("ab"), make([]byte, 4))
	fmt.Println(err, err == io.ErrUnexpectedEOF)
	_, err = io.ReadAtLeast(strings.NewReader("abc"), make([]byte, 1), 2)
	fmt.Println(err)
	_, err = fmt.Sscanf("x", "%d", new(int))
	fmt.Println(err)
}

// Output:
// true Atoi 12a true strconv.Atoi: parsing "12a": invalid syntax
// true strconv.ParseInt: parsing "999": value out of range
// strconv.ParseBool: parsing "maybe": invalid syntax
// true 14 invalid character '}' looking for beginning of object key string
// true Tags.ID string int 27 json: cannot unmarshal string into Go struct field .Tags.ID of type int
// json: Unmarshal(non-pointer struct { Name string; Tags []struct { ID int } })
// unexpected end of JSON input unexpected end of JSON input
// true 2 illegal base64 data at input byte 2
// true z encoding/hex: invalid byte: U+007A 'z'
// true
// true parse false parse "http://[::1": missing ']' in host
// invalid URL escape "%zz"
// true 2024-13-01 : month out of range parsing time "2024-13-01": month out of range
// time: unknown unit " parsecs" in duration "5 parsecs"
// true 2 2 true parse error on line 2, column 6: extraneous or missing " in quoted-field
// true 1 XML syntax error on line 1: element <b> closed by </a>
// true true open dir/none open dir/none: file does not exist
// false open ../up: file does not exist
// unexpected EOF true
// short buffer
// expected integer
