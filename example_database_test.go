package gateway_test

import (
	"errors"
	"fmt"

	"gateway"
)

func ExampleContext_Database() {
	handle := func(ctx *gateway.Context, req *gateway.Request) (*gateway.Response, error) {
		users, err := ctx.Database("main").Query("SELECT id, name, score FROM users ORDER BY id")
		if err != nil {
			return nil, err
		}
		return gateway.OK(users), nil
	}
	withServices(func(ctx *gateway.Context) {
		response, err := handle(ctx, &gateway.Request{})
		if err != nil {
			fmt.Println(err)
			return
		}
		fmt.Println(string(response.Body))
	})
	// Output: [{"id":1,"name":"Ada","score":9.75},{"id":2,"name":"Grace","score":null}]
}

func ExampleDatabase_queryOne() {
	withServices(func(ctx *gateway.Context) {
		db := ctx.Database("main")
		// Arguments never become part of the statement. ? and $1 work everywhere.
		row, err := db.QueryOne("SELECT name, born FROM users WHERE id = $1", 1)
		if err != nil {
			fmt.Println(err)
			return
		}
		born, err := row.Time("born")
		fmt.Println(row.Get("name"), born.Year(), err)

		_, err = db.QueryOne("SELECT name FROM users WHERE id = ?", 99)
		fmt.Println(errors.Is(err, gateway.ErrNotFound))
	})
	// Output:
	// Ada 1815 <nil>
	// true
}

func ExampleDatabase_execute() {
	withServices(func(ctx *gateway.Context) {
		db := ctx.Database("main")
		result, err := db.Execute("INSERT INTO users (name) VALUES (?)", "Barbara")
		fmt.Println(result.RowsAffected, result.LastInsertID, err)

		_, err = db.Execute("INSERT INTO users (name) VALUES (?)", "Ada")
		fmt.Println(errors.Is(err, gateway.ErrConflict), gateway.AsError(err).Status)
	})
	// Output:
	// 1 3 <nil>
	// true 409
}

func ExampleDatabase_each() {
	withServices(func(ctx *gateway.Context) {
		err := ctx.Database("main").Each(func(row gateway.Row) error {
			fmt.Println(row.Get("name"))
			return nil
		}, "SELECT name FROM users ORDER BY name")
		fmt.Println(err)
	})
	// Output:
	// Ada
	// Grace
	// <nil>
}

func ExampleDatabase_transaction() {
	withServices(func(ctx *gateway.Context) {
		db := ctx.Database("main")
		err := db.Transaction(func(tx gateway.Transaction) error {
			if _, err := tx.Execute("UPDATE users SET score = 0"); err != nil {
				return err
			}
			return gateway.ErrConflict.New("changed my mind") // rolls back
		})
		fmt.Println(err)
		row, _ := db.QueryOne("SELECT score FROM users WHERE id = 1")
		fmt.Println(row.Get("score"))
	})
	// Output:
	// changed my mind
	// 9.75
}

func ExampleRows_Scan() {
	type User struct {
		ID    int64
		Name  string           `json:"name"`
		Score *gateway.Decimal // nil for NULL
	}
	withServices(func(ctx *gateway.Context) {
		rows, err := ctx.Database("main").Query("SELECT * FROM users ORDER BY id")
		if err != nil {
			fmt.Println(err)
			return
		}
		var users []User
		if err := rows.Scan(&users); err != nil {
			fmt.Println(err)
			return
		}
		for _, u := range users {
			fmt.Println(u.ID, u.Name, u.Score != nil)
		}
	})
	// Output:
	// 1 Ada true
	// 2 Grace false
}

func ExampleRow_Scan() {
	withServices(func(ctx *gateway.Context) {
		row, err := ctx.Database("main").QueryOne("SELECT COUNT(*) FROM users")
		if err != nil {
			fmt.Println(err)
			return
		}
		var count int
		fmt.Println(row.Scan(&count), count)
	})
	// Output: <nil> 2
}

func ExampleRow_MarshalJSON() {
	row := gateway.Row{Columns: []string{"name", "price"}, Values: []any{"tea", gateway.Decimal("1.50")}}
	data, err := row.MarshalJSON()
	fmt.Println(string(data), err)
	// Output: {"name":"tea","price":1.50} <nil>
}

func ExampleRow_Map() {
	row := gateway.Row{Columns: []string{"name", "stock"}, Values: []any{"tea", int64(3)}}
	fmt.Println(row.Map(), row.Has("name"), row.Has("colour"))
	// Output: map[name:tea stock:3] true false
}

func ExampleRow_Int() {
	row := gateway.Row{Columns: []string{"stock", "name"}, Values: []any{gateway.Decimal("3.00"), "tea"}}
	n, err := row.Int("stock")
	fmt.Println(n, err)
	_, err = row.Int("name")
	fmt.Println(err)
	// Output:
	// 3 <nil>
	// a value of the database does not fit: column "name": the value, string, does not fit into int64
}
