//go:build integration

package integration

import (
	"encoding/json"
	"os"
	"os/exec"
	"slices"
	"strings"
	"testing"
)

// TestPetstore sets up the pet store on a running gateway with its own script, as
// its README says, and walks through all routes: on every backend, the handlers
// being the same.
func TestPetstore(t *testing.T) {
	for _, backend := range []string{"sqlite", "local", "folder", "postgres", "mysql", "minio", "ftp", "ftps", "sftp"} {
		t.Run(backend, func(t *testing.T) {
			if backend == "postgres" || backend == "mysql" {
				variable := strings.ToUpper(backend)
				server(t, variable+"_HOST")
				t.Setenv(variable+"_DATABASE", ownDatabase(t, backend, "petstore"))
			}
			gateway := serve(t, t.TempDir())
			out := setUpPetstore(t, gateway, backend)
			if again := setUpPetstore(t, gateway, backend); !strings.Contains(again, "kept pet-001") {
				t.Errorf("the second time it says:\n%s", again)
			}
			if !strings.Contains(out, "the pet store is open") {
				t.Errorf("it says:\n%s", out)
			}
			walkPetstore(t, gateway)
			// The gateway itself shows its new key at the first start.
			if log := gateway.logged() + out; strings.Contains(log, "s3cr&t") || strings.Contains(out, gateway.key) {
				t.Errorf("a credential is in what was written:\n%s", log)
			}
		})
	}
}

// TestPetstoreMoves changes the backend under the handlers, which stay.
func TestPetstoreMoves(t *testing.T) {
	gateway := serve(t, t.TempDir())
	for _, backend := range []string{"sqlite", "folder", "local", "sqlite"} {
		setUpPetstore(t, gateway, backend)
		walkPetstore(t, gateway)
	}
}

// TestPetstoreSaysWhatIsWrong: where the backend cannot be used the script ends with
// the reason.
func TestPetstoreSaysWhatIsWrong(t *testing.T) {
	server(t, "POSTGRES_HOST")
	gateway := serve(t, t.TempDir())
	command := petstoreSetup(gateway, "postgres")
	command.Env = append(command.Env, "POSTGRES_PASSWORD=wr0ng-cr3dential")
	out, err := command.CombinedOutput()
	if err == nil || !strings.Contains(string(out), "28P01") || strings.Contains(string(out), "wr0ng-cr3dential") {
		t.Errorf("with a wrong password: %v\n%s", err, out)
	}
}

func petstoreSetup(gateway *running, backend string) *exec.Cmd {
	command := exec.Command("../examples/petstore/setup.sh", backend)
	command.Env = append(os.Environ(), "GATEWAY_ADMIN_URL="+gateway.admin, "GATEWAY_URL="+gateway.base, "GATEWAY_DATA="+gateway.data)
	return command
}

func setUpPetstore(t *testing.T, gateway *running, backend string) string {
	t.Helper()
	command := petstoreSetup(gateway, backend)
	own := strings.ToLower(strings.NewReplacer("/", "-", "_", "-").Replace(t.Name()))
	switch backend {
	case "minio":
		server(t, "S3_ENDPOINT")
		command.Env = append(command.Env, "S3_BUCKET="+own)
	case "ftp", "ftps", "sftp":
		server(t, "FTP_HOST")
		command.Env = append(command.Env, "FTP_BASE_PATH="+own, "SFTP_BASE_PATH="+own)
	}
	out, err := command.CombinedOutput()
	if err != nil {
		t.Fatalf("setup.sh %s: %v\n%s\n%s", backend, err, out, gateway.logged())
	}
	return string(out)
}

// petIDs lists the ids of pets.
func petIDs(t *testing.T, gateway *running, query string) []string {
	t.Helper()
	status, body := gateway.get("/pets" + query)
	var answer struct {
		Pets []struct{ ID string }
	}
	if err := json.Unmarshal([]byte(body), &answer); err != nil || status != 200 {
		t.Fatalf("GET /pets%s gave %d %s", query, status, body)
	}
	var ids []string
	for _, pet := range answer.Pets {
		ids = append(ids, pet.ID)
	}
	return ids
}

func walkPetstore(t *testing.T, gateway *running) {
	t.Helper()
	type pet struct {
		ID, Name, Status, Category string
		Tags                       []string
	}
	call := func(method, path, body string, want int) pet {
		t.Helper()
		status, answer := gateway.send(method, path, body)
		if status != want {
			t.Fatalf("%s %s gave %d %s, want %d\n%s", method, path, status, answer, want, gateway.logged())
		}
		var p pet
		if strings.HasPrefix(answer, "{") {
			if err := json.Unmarshal([]byte(answer), &p); err != nil {
				t.Fatalf("%s %s answered %s: %v", method, path, answer, err)
			}
		}
		return p
	}
	if buddy := call("GET", "/pets/pet-001", "", 200); buddy.Name != "Buddy" || !slices.Equal(buddy.Tags, []string{"friendly", "trained"}) {
		t.Errorf("the first seed is %+v", buddy)
	}
	if available := petIDs(t, gateway, "?status=available"); !slices.Contains(available, "pet-002") || slices.Contains(available, "pet-003") {
		t.Errorf("available are %v", available)
	}
	made := call("POST", "/pets", `{"name": "Rex", "category": "dog", "tags": ["ü", "\"quoted\""]}`, 201)
	changed := call("PUT", "/pets/"+made.ID, `{"status": "sold"}`, 200)
	if changed.ID != made.ID || changed.Name != "Rex" || changed.Status != "sold" || !slices.Equal(changed.Tags, []string{"ü", `"quoted"`}) {
		t.Errorf("changed it is %+v", changed)
	}
	if sold := petIDs(t, gateway, "?status=sold"); !slices.Contains(sold, made.ID) {
		t.Errorf("sold are %v, without %s", sold, made.ID)
	}
	call("DELETE", "/pets/"+made.ID, "", 204)
	call("DELETE", "/pets/"+made.ID, "", 404)
	call("GET", "/pets/"+made.ID, "", 404)
	call("PUT", "/pets/"+made.ID, `{"status": "sold"}`, 404)
	call("POST", "/pets", `{"id": "pet-001", "name": "Other"}`, 409)
	call("POST", "/pets", `{"name": ""}`, 400)
	call("POST", "/pets", `{"name": `, 400)
	call("PATCH", "/pets/pet-001", `{}`, 405)
	if ids := petIDs(t, gateway, "?limit=1"); len(ids) != 1 {
		t.Errorf("with a limit of 1: %v", ids)
	}
}
