// A tree with parents, by an encoder of XML.
//
// Outcome: panic stack overflow
package handler

import (
	"encoding/xml"
	"strings"

	"gateway"
)

// node is one of a tree; it knows its parent.
type node struct {
	Name   string
	Kids   []*node
	Parent *node
}

func Handle(ctx *gateway.Context, req *gateway.Request) (*gateway.Response, error) {
	if req.Path == "/fine" {
		return gateway.Text(200, "fine"), nil
	}
	root := &node{Name: "root"}
	root.Kids = append(root.Kids, &node{Name: "kid", Parent: root})
	var text strings.Builder
	if err := xml.NewEncoder(&text).Encode(root); err != nil {
		return nil, err
	}
	return gateway.Text(200, text.String()), nil
}
