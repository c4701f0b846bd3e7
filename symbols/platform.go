package symbols

import (
	"go/constant"
	"go/types"
	"math"
	"math/bits"
	"os"
	"path/filepath"
	"runtime"
	"strconv"
)

// An untypedString is an untyped constant; a string is a constant of that type. The
// numbers are all untyped.
type untypedString string

// platform are the constants that have another value on another platform than that for
// which the generated data is made.
var platform = map[string]map[string]any{
	"math":          {"MaxInt": math.MaxInt, "MinInt": math.MinInt, "MaxUint": uint64(math.MaxUint)},
	"math/bits":     {"UintSize": bits.UintSize},
	"os":            {"DevNull": untypedString(os.DevNull), "PathSeparator": os.PathSeparator, "PathListSeparator": os.PathListSeparator},
	"path/filepath": {"Separator": filepath.Separator, "ListSeparator": filepath.ListSeparator},
	"runtime":       {"GOARCH": runtime.GOARCH, "GOOS": runtime.GOOS},
	"strconv":       {"IntSize": strconv.IntSize},
}

// A Constant is a constant of a basic type.
type Constant struct {
	Type  types.Type
	Value constant.Value
}

// PlatformConstants returns the constants of a package that depend on the platform, by
// name. Their values in [TypeData] are those of another: declare these before it is
// read. It is nil for almost all packages.
func PlatformConstants(path string) map[string]Constant {
	if platform[path] == nil {
		return nil
	}
	consts := map[string]Constant{}
	for name, value := range platform[path] {
		consts[name] = makeConstant(value)
	}
	return consts
}

func makeConstant(value any) Constant {
	switch v := value.(type) {
	case string:
		return Constant{types.Typ[types.String], constant.MakeString(v)}
	case untypedString:
		return Constant{types.Typ[types.UntypedString], constant.MakeString(string(v))}
	case rune:
		return Constant{types.Typ[types.UntypedRune], constant.MakeInt64(int64(v))}
	case int:
		return Constant{types.Typ[types.UntypedInt], constant.MakeInt64(int64(v))}
	case uint64:
		return Constant{types.Typ[types.UntypedInt], constant.MakeUint64(v)}
	}
	panic("symbols: a constant of another kind") // a mistake in the list above
}
