// A tree with parents, as XML.
//
// Outcome: panic stack overflow
package handler

import (
	"encoding/xml"

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
	text, err := xml.Marshal(root)
	if err != nil {
		return nil, err
	}
	return gateway.Text(200, string(text)), nil
}
