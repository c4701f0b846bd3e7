package document

import (
	"go.mongodb.org/mongo-driver/v2/bson"
)

// matchIDs makes a filter find ObjectIDs by their digits: every condition on _id
// with a string of 24 hexadecimal digits is one on the ObjectID as well.
func matchIDs(filter bson.D) bson.D {
	for i, e := range filter {
		switch e.Key {
		case "_id":
			filter[i].Value = eitherID(e.Value)
		case "$and", "$or", "$nor":
			if list, ok := e.Value.(bson.A); ok {
				for j, inner := range list {
					if d, ok := inner.(bson.D); ok {
						list[j] = matchIDs(d)
					}
				}
			}
		}
	}
	return filter
}

// eitherID widens the condition on an id.
func eitherID(condition any) any {
	switch c := condition.(type) {
	case string:
		if id, ok := objectID(c); ok {
			return bson.D{{Key: "$in", Value: bson.A{id, c}}}
		}
	case bson.D:
		for i, e := range c {
			switch e.Key {
			case "$eq":
				if text, ok := e.Value.(string); ok {
					if id, ok := objectID(text); ok {
						c[i] = bson.E{Key: "$in", Value: bson.A{id, text}}
					}
				}
			case "$ne":
				if text, ok := e.Value.(string); ok {
					if id, ok := objectID(text); ok {
						c[i] = bson.E{Key: "$nin", Value: bson.A{id, text}}
					}
				}
			case "$in", "$nin":
				if list, ok := e.Value.(bson.A); ok {
					c[i].Value = eitherIDs(list)
				}
			case "$gt", "$gte", "$lt", "$lte": // compare within one type only
				if text, ok := e.Value.(string); ok {
					if id, ok := objectID(text); ok {
						c[i].Value = id
					}
				}
			case "$not":
				c[i].Value = eitherID(e.Value)
			}
		}
	}
	return condition
}

func eitherIDs(list bson.A) bson.A {
	var wide bson.A
	for _, v := range list {
		wide = append(wide, v)
		if text, ok := v.(string); ok {
			if id, ok := objectID(text); ok {
				wide = append(wide, id)
			}
		}
	}
	return wide
}

func objectID(text string) (bson.ObjectID, bool) {
	if len(text) != 24 {
		return bson.ObjectID{}, false
	}
	id, err := bson.ObjectIDFromHex(text)
	return id, err == nil
}
