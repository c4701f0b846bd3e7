package admin

import (
	"context"
	"net/http"
	"strings"

	"gateway/internal/catalog"
)

// placeRequest is a place in code. It is given as an offset, or as line and column.
type placeRequest struct {
	Code   *string `json:"code"`
	Name   string  `json:"name"`   // for messages
	Offset *int    `json:"offset"` // in bytes of UTF-8, from 0
	Line   *int    `json:"line"`   // from 1
	Column *int    `json:"column"` // in bytes of UTF-8, from 1
}

// complete says what may be written at a place in code.
func (s *Server) complete(r *http.Request) (answer, error) {
	return s.assist(r, func(ctx context.Context, name, code string, offset int) (any, error) {
		return s.assistant.Complete(ctx, name, code, offset)
	})
}

// hover describes the name at a place in code; its data is null where there is nothing to be said.
func (s *Server) hover(r *http.Request) (answer, error) {
	return s.assist(r, func(ctx context.Context, name, code string, offset int) (any, error) {
		return s.assistant.Hover(ctx, name, code, offset)
	})
}

func (s *Server) assist(r *http.Request, ask func(ctx context.Context, name, code string, offset int) (any, error)) (answer, error) {
	if s.assistant == nil {
		return answer{}, &catalog.Error{Code: catalog.CodeUnavailable, Message: "this gateway does not help with writing code"}
	}
	var in placeRequest
	if err := readJSON(r, &in); err != nil {
		return answer{}, err
	}
	if err := checkCode(in.Code); err != nil {
		return answer{}, err
	}
	offset, err := in.offset()
	if err != nil {
		return answer{}, err
	}
	if in.Name == "" {
		in.Name = "handler"
	}
	data, err := ask(r.Context(), in.Name, *in.Code, offset)
	if err != nil {
		return answer{}, err
	}
	return ok(data)
}

// offset is where the place is in the code, in bytes.
func (in *placeRequest) offset() (int, error) {
	code := *in.Code
	if in.Offset != nil {
		if *in.Offset < 0 || *in.Offset > len(code) {
			return 0, &catalog.Error{Code: catalog.CodeInvalid, Field: "offset", Message: "the offset is outside of the code"}
		}
		return *in.Offset, nil
	}
	if in.Line == nil || in.Column == nil {
		return 0, &catalog.Error{Code: catalog.CodeInvalid, Field: "offset", Message: "the place is missing", Hint: "give offset, or line and column, in bytes"}
	}
	lines := strings.Split(code, "\n")
	if *in.Line < 1 || *in.Line > len(lines) {
		return 0, &catalog.Error{Code: catalog.CodeInvalid, Field: "line", Message: "the line is outside of the code"}
	}
	if *in.Column < 1 || *in.Column > len(lines[*in.Line-1])+1 {
		return 0, &catalog.Error{Code: catalog.CodeInvalid, Field: "column", Message: "the column is outside of its line"}
	}
	offset := *in.Column - 1
	for _, line := range lines[:*in.Line-1] {
		offset += len(line) + 1
	}
	return offset, nil
}
