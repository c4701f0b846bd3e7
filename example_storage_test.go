package gateway_test

import (
	"context"
	"errors"
	"fmt"
	"io"
	"log"
	"os"
	"slices"
	"strings"
	"time"

	"gateway"
	"gateway/internal/catalog"
	"gateway/services"
	"gateway/services/files"
	"gateway/services/mail"
	"gateway/services/object"
	"gateway/services/records"
	"gateway/services/sql"
)

// withFolders runs an example with the kinds that need no server: storage
// "uploads", files "vendor", mail "notify" and a database "shop" with a table pets.
func withFolders(example func(ctx *gateway.Context)) {
	folder, err := os.MkdirTemp("", "example")
	if err != nil {
		log.Fatal(err)
	}
	defer os.RemoveAll(folder)
	ctx, cancel := context.WithTimeout(context.Background(), 10*time.Second)
	defer cancel()
	m, err := services.NewManager(services.Options{
		Kinds:   slices.Concat(object.Kinds(), files.Kinds(), mail.Kinds(), sql.Kinds()),
		DataDir: folder,
		Records: records.New(),
	})
	if err != nil {
		log.Fatal(err)
	}
	defer m.Close(ctx)
	for _, svc := range []catalog.Service{
		{ID: "1", Name: "uploads", Type: "local"},
		{ID: "2", Name: "vendor", Type: "folder"},
		{ID: "3", Name: "notify", Type: "outbox"},
		{ID: "4", Name: "shop", Type: "sqlite", Config: map[string]any{"path": "shop.db"}},
	} {
		if err := m.Activate(ctx, svc, true); err != nil {
			log.Fatal(err)
		}
	}
	c := gateway.NewContext(ctx, &gateway.Environment{Services: m.View(nil)}, "")
	if _, err := c.Database("shop").Execute("CREATE TABLE pets (id TEXT PRIMARY KEY, name TEXT, status TEXT, tags TEXT)"); err != nil {
		log.Fatal(err)
	}
	example(c)
}

func ExampleContext_Storage() {
	withFolders(func(ctx *gateway.Context) {
		storage := ctx.Storage("uploads")
		if err := storage.Put("reports/2026/january.csv", []byte("day,sales\n1,42\n")); err != nil {
			fmt.Println(err)
			return
		}
		objects, err := storage.List("reports/")
		for _, object := range objects {
			fmt.Println(object.Key, object.Size)
		}
		info, err := storage.Stat("reports/2026/january.csv")
		fmt.Println(info.ContentType, err)
		_, err = storage.Get("reports/2026/february.csv")
		fmt.Println(errors.Is(err, gateway.ErrNotFound), err)
	})
	// Output:
	// reports/2026/january.csv 15
	// text/csv; charset=utf-8 <nil>
	// true object "reports/2026/february.csv" does not exist
}

// An upload of unknown size is stored as it arrives, and read the same way.
func ExampleStorage_streams() {
	withFolders(func(ctx *gateway.Context) {
		storage := ctx.Storage("uploads")
		body := io.LimitReader(strings.NewReader(strings.Repeat("log line\n", 1000)), 900)
		err := storage.PutObject("logs/today", body, -1, gateway.PutOptions{
			ContentType: "text/plain", Metadata: map[string]string{"host": "web-1"},
		})
		if err != nil {
			fmt.Println(err)
			return
		}
		stream, info, err := storage.Open("logs/today")
		if err != nil {
			fmt.Println(err)
			return
		}
		defer stream.Close()
		n, err := io.Copy(io.Discard, stream)
		fmt.Println(n, info.ContentType, info.Metadata["host"], err)
	})
	// Output: 900 text/plain web-1 <nil>
}

// A client fetches the object itself, for an hour.
func ExampleStorage_presignedURL() {
	withFolders(func(ctx *gateway.Context) {
		if err := ctx.Storage("uploads").Put("cat.png", []byte("…")); err != nil {
			fmt.Println(err)
			return
		}
		url, err := ctx.Storage("uploads").PresignedURL("cat.png", time.Hour)
		path, _, _ := strings.Cut(url, "?")
		fmt.Println(path, err)
	})
	// Output: /_objects/uploads/cat.png <nil>
}

func ExampleContext_Files() {
	withFolders(func(ctx *gateway.Context) {
		files := ctx.Files("vendor")
		if err := files.Put("outgoing/orders.csv", []byte("id,amount\n7,3\n")); err != nil {
			fmt.Println(err)
			return
		}
		if err := files.Rename("outgoing/orders.csv", "outgoing/done/orders-7.csv"); err != nil {
			fmt.Println(err)
			return
		}
		entries, err := files.List("outgoing")
		for _, entry := range entries {
			fmt.Println(entry.Path, entry.IsDir)
		}
		data, err := files.Get("/outgoing/done/orders-7.csv")
		fmt.Printf("%d bytes, %v\n", len(data), err)
		_, err = files.Get("../../etc/passwd")
		fmt.Println(err)
	})
	// Output:
	// /outgoing/done true
	// 14 bytes, <nil>
	// path "../../etc/passwd" leaves the base path
}

func ExampleContext_Email() {
	withFolders(func(ctx *gateway.Context) {
		email := ctx.Email("notify")
		fmt.Println(email.Send("ada@example.com", "Welcome", "Thanks for signing up."))
		fmt.Println(email.SendMessage(gateway.Message{
			To:      []string{"Ada <ada@example.com>"},
			BCC:     []string{"archive@example.com"},
			Subject: "Your invoice",
			Text:    "It is attached.",
			HTML:    "<p>It is <b>attached</b>.</p>",
			Attachments: []gateway.Attachment{
				{Filename: "invoice.pdf", Data: []byte("%PDF-…")},
			},
		}))
		fmt.Println(email.Send("ada@example.com\nBcc: everybody@example.com", "Hello", "…"))
	})
	// Output:
	// <nil>
	// <nil>
	// recipient "ada@example.com\nBcc: everybody@example.com" is not a mail address
}

// The same code keeps pets in a database, in storage and on a file server.
func ExampleContext_Records() {
	type pet struct {
		Name   string   `json:"name"`
		Status string   `json:"status"`
		Tags   []string `json:"tags"`
	}
	withFolders(func(ctx *gateway.Context) {
		for _, service := range []string{"shop", "uploads", "vendor"} {
			pets := ctx.Records(service, "pets")
			for id, p := range map[string]pet{
				"pet-1": {"Buddy", "available", []string{"friendly"}}, "pet-2": {"Rex", "sold", nil},
			} {
				if err := pets.Create(id, p); err != nil {
					fmt.Println(err)
				}
			}
			if err := pets.Update("pet-2", gateway.Record{"status": "available"}); err != nil {
				fmt.Println(err)
			}
			found, err := pets.List(gateway.ListOptions{Filter: map[string]any{"status": "available"}, Order: "-name", Limit: 10})
			for _, record := range found {
				var p pet
				if err := record.Decode(&p); err != nil {
					fmt.Println(err)
				}
				fmt.Println(service, record["id"], p.Name, p.Tags)
			}
			fmt.Println(err, errors.Is(pets.Create("pet-1", pet{}), gateway.ErrConflict))
		}
	})
	// Output:
	// shop pet-2 Rex []
	// shop pet-1 Buddy [friendly]
	// <nil> true
	// uploads pet-2 Rex []
	// uploads pet-1 Buddy [friendly]
	// <nil> true
	// vendor pet-2 Rex []
	// vendor pet-1 Buddy [friendly]
	// <nil> true
}

func ExampleRecord_Decode() {
	record := gateway.Record{"id": "pet-1", "name": "Buddy", "tags": []any{"friendly", "trained"}}
	var pet struct {
		ID   string   `json:"id"`
		Name string   `json:"name"`
		Tags []string `json:"tags"`
	}
	err := record.Decode(&pet)
	fmt.Printf("%+v %v\n", pet, err)
	// Output: {ID:pet-1 Name:Buddy Tags:[friendly trained]} <nil>
}

// A handler that finds the ten oldest customers of a city.
func ExampleContext_Documents() {
	handle := func(ctx *gateway.Context, req *gateway.Request) (*gateway.Response, error) {
		crm := ctx.Documents("crm")
		customers, err := crm.Find("customers",
			gateway.Document{"city": req.QueryParam("city"), "age": gateway.Document{"$gte": 18}},
			gateway.FindOptions{Sort: []string{"-age", "name"}, Limit: 10, Fields: []string{"name", "age"}})
		if err != nil {
			return nil, err
		}
		return gateway.OK(customers), nil
	}
	// Without a service of that name:
	_, err := handle(gateway.NewContext(context.Background(), nil, ""), &gateway.Request{})
	fmt.Println(errors.Is(err, gateway.ErrServiceNotFound))
	// Output: true
}

// Pairs keep the order of fields, which a sort by several needs.
func ExamplePairs() {
	pipeline := []gateway.Document{
		{"$match": gateway.Document{"status": "open"}},
		{"$sort": gateway.Pairs{{Key: "priority", Value: -1}, {Key: "created", Value: 1}}},
		{"$limit": 10},
	}
	fmt.Println(pipeline[1])
	// Output: map[$sort:[{priority -1} {created 1}]]
}
