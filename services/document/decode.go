package document

import (
	"bytes"
	"encoding/hex"
	"encoding/json"
	"fmt"
	"time"

	"go.mongodb.org/mongo-driver/v2/bson"

	"gateway"
)

// decodeDocument makes plain values of a document.
func decodeDocument(d bson.D) gateway.Document {
	document := make(gateway.Document, len(d))
	for _, e := range d {
		document[e.Key] = decode(e.Value)
	}
	return document
}

// decode makes a plain value of one of the database's language.
func decode(v any) any {
	switch v := v.(type) {
	case bson.D:
		return decodeDocument(v)
	case bson.A:
		list := make([]any, len(v))
		for i, e := range v {
			list[i] = decode(e)
		}
		return list
	case int32:
		return int64(v)
	case bson.ObjectID:
		return v.Hex()
	case bson.DateTime:
		return v.Time().UTC()
	case bson.Timestamp:
		return time.Unix(int64(v.T), 0).UTC()
	case bson.Decimal128:
		return gateway.Decimal(v.String())
	case bson.Binary:
		if v.Subtype == bson.TypeBinaryUUID && len(v.Data) == 16 {
			return uuidText(v.Data)
		}
		return v.Data
	case bson.Regex:
		return gateway.Document{"$regex": v.Pattern, "$options": v.Options}
	case bson.Symbol:
		return string(v)
	case bson.JavaScript:
		return string(v)
	case bson.Null, bson.Undefined, bson.MinKey, bson.MaxKey, nil:
		return nil
	case int64, float64, string, bool:
		return v
	default: // types that the database no longer makes
		return fmt.Sprint(v)
	}
}

func uuidText(b []byte) string {
	digits := hex.EncodeToString(b)
	return digits[:8] + "-" + digits[8:12] + "-" + digits[12:16] + "-" + digits[16:20] + "-" + digits[20:]
}

func decodeJSON(data []byte) (any, error) {
	var v any
	decoder := json.NewDecoder(bytes.NewReader(data))
	decoder.UseNumber()
	if err := decoder.Decode(&v); err != nil {
		return nil, err
	}
	return v, nil
}
