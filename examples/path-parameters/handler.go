// Package handler reads values out of the path.
//
//	gateway deploy examples/path-parameters/handler.go --route "GET /users/{user_id}/posts/{post_id}"
//	curl http://localhost:9080/users/42/posts/7
package handler

import "gateway"

// Handle answers with the two ids: the user's as it is, the post's as a number.
func Handle(ctx *gateway.Context, req *gateway.Request) (*gateway.Response, error) {
	user, err := req.RequirePath("user_id")
	if err != nil {
		return nil, err
	}
	post, err := req.RequirePathInt("post_id")
	if err != nil {
		return nil, err // 400: path parameter "post_id" must be a whole number, not "x"
	}
	return gateway.OK(map[string]any{"user_id": user, "post_id": post}), nil
}
