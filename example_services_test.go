package gateway_test

import (
	"context"
	"errors"
	"fmt"
	"strings"

	"gateway"
)

// onlyDatabases is an implementation of Services for a test of a handler: it embeds the
// interface and has the one method that the handler needs.
type onlyDatabases struct {
	gateway.Services
	err error
}

func (s onlyDatabases) Database(context.Context, string) (gateway.Database, error) {
	return nil, s.err
}

func ExampleServices() {
	services := onlyDatabases{err: gateway.ErrServiceUnavailable.New("the database is being moved")}
	ctx := gateway.NewContext(context.Background(), &gateway.Environment{Services: services}, "")
	_, err := ctx.Database("main").Query("SELECT 1")
	fmt.Println(err)
	// Output: the database is being moved
}

// What a transaction's function returns decides: an error undoes all of it.
func ExampleTransaction() {
	rename := func(tx gateway.Transaction, from, to string) error {
		result, err := tx.Execute("UPDATE users SET name = ? WHERE name = ?", to, from)
		if err != nil {
			return err
		}
		if result.RowsAffected == 0 {
			return gateway.ErrNotFound.New("there is no " + from)
		}
		return nil
	}
	withServices(func(ctx *gateway.Context) {
		err := ctx.Database("main").Transaction(func(tx gateway.Transaction) error {
			return errors.Join(rename(tx, "Ada", "Ada Lovelace"), rename(tx, "Nobody", "Somebody"))
		})
		fmt.Println(err)
		row, err := ctx.Database("main").QueryOne("SELECT name FROM users WHERE id = 1")
		fmt.Println(row.Get("name"), err)
	})
	// Output:
	// there is no Nobody
	// Ada <nil>
}

func ExampleResult() {
	withServices(func(ctx *gateway.Context) {
		result, err := ctx.Database("main").Execute("INSERT INTO users (name) VALUES (?)", "Edsger")
		fmt.Println(result.RowsAffected, result.LastInsertID, err)
	})
	// Output: 1 3 <nil>
}

func ExamplePutOptions() {
	withFolders(func(ctx *gateway.Context) {
		err := ctx.Storage("uploads").PutObject("page", strings.NewReader("<p>"), 3, gateway.PutOptions{ContentType: "text/html"})
		info, _ := ctx.Storage("uploads").Stat("page")
		fmt.Println(info.ContentType, err)
	})
	// Output: text/html <nil>
}

func ExampleObjectInfo() {
	sum := func(objects []gateway.ObjectInfo) (bytes int64) {
		for _, o := range objects {
			bytes += o.Size
		}
		return bytes
	}
	fmt.Println(sum([]gateway.ObjectInfo{{Key: "a", Size: 10}, {Key: "b", Size: 32}}))
	// Output: 42
}

// Files passes on what a partner has left, and nothing twice.
func ExampleFiles() {
	withFolders(func(ctx *gateway.Context) {
		vendor := ctx.Files("vendor")
		if err := vendor.Put("incoming/1.csv", []byte("id\n1\n")); err != nil {
			fmt.Println(err)
			return
		}
		entries, err := vendor.List("incoming")
		for _, e := range entries {
			data, err := vendor.Get(e.Path)
			fmt.Println(e.Name, len(data), err)
			fmt.Println(vendor.Delete(e.Path))
		}
		fmt.Println(err)
	})
	// Output:
	// 1.csv 5 <nil>
	// true <nil>
	// <nil>
}

func ExampleFileInfo() {
	folders := func(entries []gateway.FileInfo) (names []string) {
		for _, e := range entries {
			if e.IsDir {
				names = append(names, e.Name)
			}
		}
		return names
	}
	fmt.Println(folders([]gateway.FileInfo{{Name: "incoming", IsDir: true}, {Name: "readme.txt", Size: 120}}))
	// Output: [incoming]
}

func ExampleEmail() {
	withFolders(func(ctx *gateway.Context) {
		fmt.Println(ctx.Email("notify").SendHTML("ada@example.com", "Welcome", "<p>Thanks for signing up.</p>"))
	})
	// Output: <nil>
}

func ExampleMessage() {
	withFolders(func(ctx *gateway.Context) {
		fmt.Println(ctx.Email("notify").SendMessage(gateway.Message{
			To: []string{"ada@example.com"}, CC: []string{"grace@example.com"},
			ReplyTo: "support@example.com", Subject: "Your order", Text: "It is on its way.",
		}))
	})
	// Output: <nil>
}

func ExampleAttachment() {
	withFolders(func(ctx *gateway.Context) {
		fmt.Println(ctx.Email("notify").SendMessage(gateway.Message{
			To: []string{"ada@example.com"}, Subject: "Report", Text: "See the table.",
			Attachments: []gateway.Attachment{{Filename: "report.csv", ContentType: "text/csv", Data: []byte("day,sales\n")}},
		}))
	})
	// Output: <nil>
}

func ExampleRecords() {
	withFolders(func(ctx *gateway.Context) {
		pets := ctx.Records("vendor", "pets")
		fmt.Println(pets.Create("pet-1", map[string]any{"name": "Buddy"}))
		pet, err := pets.Get("pet-1")
		fmt.Println(pet["name"], err)
		fmt.Println(pets.Delete("pet-1"))
		_, err = pets.Get("pet-1")
		fmt.Println(errors.Is(err, gateway.ErrNotFound))
	})
	// Output:
	// <nil>
	// Buddy <nil>
	// true <nil>
	// true
}

func ExampleListOptions() {
	withFolders(func(ctx *gateway.Context) {
		pets := ctx.Records("uploads", "pets")
		for _, id := range []string{"a", "b", "c"} {
			if err := pets.Create(id, map[string]any{"status": "available"}); err != nil {
				fmt.Println(err)
			}
		}
		page, err := pets.List(gateway.ListOptions{Filter: map[string]any{"status": "available"}, Order: "id", Limit: 2, Offset: 1})
		for _, pet := range page {
			fmt.Println(pet["id"])
		}
		fmt.Println(err)
	})
	// Output:
	// b
	// c
	// <nil>
}

// Documents counts open tickets by team.
func ExampleDocuments() {
	count := func(crm gateway.Documents) ([]gateway.Document, error) {
		return crm.Aggregate("tickets", []gateway.Document{
			{"$match": gateway.Document{"status": "open"}},
			{"$group": gateway.Document{"_id": "$team", "open": gateway.Document{"$sum": 1}}},
		})
	}
	_, err := count(gateway.NewContext(context.Background(), nil, "").Documents("crm"))
	fmt.Println(err)
	// Output: service "crm" not found: no services are configured
}

func ExampleDocument() {
	adults := gateway.Document{"city": "London", "age": gateway.Document{"$gte": 18}}
	fmt.Println(adults)
	// Output: map[age:map[$gte:18] city:London]
}

func ExampleFindOptions() {
	page := func(n int64) gateway.FindOptions {
		return gateway.FindOptions{Sort: []string{"-created", "_id"}, Skip: 20 * n, Limit: 20}
	}
	fmt.Println(page(2).Skip)
	// Output: 40
}

// A Pair is one field of an ordered document.
func ExamplePair() {
	sort := gateway.Pairs{{Key: "priority", Value: -1}}
	sort = append(sort, gateway.Pair{Key: "created", Value: 1})
	fmt.Println(sort)
	// Output: [{priority -1} {created 1}]
}

func ExampleStreamEntry() {
	ids := func(entries []gateway.StreamEntry) (list []string) {
		for _, e := range entries {
			list = append(list, fmt.Sprint(e.ID, " ", e.Values["event"]))
		}
		return list
	}
	fmt.Println(ids([]gateway.StreamEntry{{ID: "1700000000000-0", Values: map[string]any{"event": "signup"}}}))
	// Output: [1700000000000-0 signup]
}

// NoRedis is for a cache that is no redis.
func ExampleNoRedis() {
	redis := gateway.NoRedis(gateway.ErrUnsupported.New("lists need a redis"))
	_, err := redis.LPush("jobs", "one")
	fmt.Println(err)
	// Output: lists need a redis
}
