package typesize_test

import (
	"go/token"
	"go/types"
	"testing"

	"gateway/interp/internal/typesize"
)

func TestHuge(t *testing.T) {
	typ := types.Type(types.Typ[types.Int])
	for range 10 { // a thousand parts
		typ = types.NewMap(types.Typ[types.Int], types.NewStruct([]*types.Var{
			types.NewField(token.NoPos, nil, "A", types.NewPointer(typ), false),
			types.NewField(token.NoPos, nil, "B", types.NewSlice(typ), false),
		}, nil))
	}
	if typesize.Huge(typ) {
		t.Error("a thousand parts are huge")
	}
	for range 100 { // more than there is memory for
		v := types.NewParam(token.NoPos, nil, "", typ)
		typ = types.NewSignatureType(nil, nil, nil, types.NewTuple(v), types.NewTuple(v), false)
	}
	if !typesize.Huge(typ) {
		t.Error("2 to the power of 100 parts are not huge")
	}
}
