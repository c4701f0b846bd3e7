package admin

import (
	"context"
	"fmt"
	"net/http"
	"time"

	"gateway/internal/catalog"
)

const (
	maxSecret      = 64 << 10         // of a value, in bytes
	refreshTimeout = 20 * time.Second // for services to take up a changed secret
)

// secretView is a secret as this API sends it: without its value.
type secretView struct {
	ID          string    `json:"id"`
	Name        string    `json:"name"`
	Description string    `json:"description"`
	Revision    int64     `json:"revision"`
	CreatedAt   time.Time `json:"created_at"`
	UpdatedAt   time.Time `json:"updated_at"`
	Message     string    `json:"message,omitempty"`
}

func viewSecret(v catalog.Secret) secretView {
	return secretView{ID: v.ID, Name: v.Name, Description: v.Description, Revision: v.Revision, CreatedAt: v.CreatedAt, UpdatedAt: v.UpdatedAt}
}

// secretFields are what a client may say about a secret.
type secretFields struct {
	Name        *string `json:"name"`
	Description *string `json:"description"`
	Value       *string `json:"value"`
}

// apply changes a secret whose ID is set. No error contains the value.
func (f *secretFields) apply(v *catalog.Secret, keys Secrets) error {
	set(&v.Name, f.Name)
	set(&v.Description, f.Description)
	if f.Value == nil {
		return nil
	}
	if n := len(*f.Value); n == 0 || n > maxSecret {
		return &catalog.Error{Code: catalog.CodeInvalid, Field: "value", Message: fmt.Sprintf("value must have 1 to %d bytes", maxSecret)}
	}
	return keys.Encrypt(v, *f.Value)
}

// keys gives what encrypts secrets, or an error where nothing does.
func (s *Server) keys() (Secrets, error) {
	if s.secrets == nil {
		return nil, &catalog.Error{Code: catalog.CodeUnavailable, Message: "this gateway keeps no secrets"}
	}
	return s.secrets, nil
}

func (s *Server) storedSecrets() resource[catalog.Secret] {
	return resource[catalog.Secret]{
		load:   s.secret,
		mark:   func(v *catalog.Secret) (string, int64) { return v.ID, v.Revision },
		update: s.store.UpdateSecret,
		delete: s.store.DeleteSecret,
	}
}

func (s *Server) listSecrets(r *http.Request) (answer, error) {
	p, err := pageOf(r)
	if err != nil {
		return answer{}, err
	}
	found, total, err := s.store.Secrets(r.Context(), p)
	if err != nil {
		return answer{}, err
	}
	var views []secretView
	for _, v := range found {
		views = append(views, viewSecret(v))
	}
	return list(views, total)
}

// secret finds a secret by its ID or its name.
func (s *Server) secret(ctx context.Context, ref string) (catalog.Secret, error) {
	v, err := s.store.Secret(ctx, ref)
	if catalog.CodeOf(err) == catalog.CodeNotFound {
		v, err = s.store.SecretByName(ctx, ref)
	}
	if catalog.CodeOf(err) == catalog.CodeNotFound {
		err = &catalog.Error{Code: catalog.CodeNotFound, Message: fmt.Sprintf("there is no secret %q", catalog.Clip(ref))}
	}
	return v, err
}

func (s *Server) getSecret(r *http.Request) (answer, error) {
	v, err := s.secret(r.Context(), r.PathValue("id"))
	return answer{data: viewSecret(v), etag: etagOf(v.Revision)}, err
}

func (s *Server) createSecret(r *http.Request) (answer, error) {
	keys, err := s.keys()
	if err != nil {
		return answer{}, err
	}
	var in secretFields
	if err := readJSON(r, &in); err != nil {
		return answer{}, err
	}
	if in.Value == nil {
		return answer{}, &catalog.Error{Code: catalog.CodeInvalid, Field: "value", Message: "value is missing"}
	}
	v := catalog.Secret{ID: catalog.NewID()}
	if err := in.apply(&v, keys); err != nil {
		return answer{}, err
	}
	if err := s.store.CreateSecret(r.Context(), &v); err != nil {
		return answer{}, err
	}
	return s.savedSecret(r, keys, v, http.StatusCreated), nil
}

// updateSecret changes what is said about a secret. One whose value is left out keeps it.
func (s *Server) updateSecret(r *http.Request) (answer, error) {
	keys, err := s.keys()
	if err != nil {
		return answer{}, err
	}
	var in struct {
		secretFields
		Revision *int64 `json:"revision"`
		readOnly
		Message ignored `json:"message"`
	}
	if err := readJSON(r, &in); err != nil {
		return answer{}, err
	}
	v, err := s.storedSecrets().edit(r, in.Revision, func(v *catalog.Secret) error { return in.apply(v, keys) })
	if err != nil {
		return answer{}, err
	}
	return s.savedSecret(r, keys, v, http.StatusOK), nil
}

// savedSecret has services take up a saved secret. Where one cannot, the answer says why: the secret is saved.
func (s *Server) savedSecret(r *http.Request, keys Secrets, v catalog.Secret, status int) answer {
	view := viewSecret(v)
	if err := refresh(r, keys); err != nil {
		view.Message = "saved, but not every service works with it: " + err.Error()
	}
	return answer{status: status, data: view, etag: etagOf(v.Revision)}
}

func refresh(r *http.Request, keys Secrets) error {
	ctx, cancel := context.WithTimeout(context.WithoutCancel(r.Context()), refreshTimeout)
	defer cancel()
	return keys.Refresh(ctx)
}

// deleteSecret deletes a secret. Services that run with it go on with it until they start again.
func (s *Server) deleteSecret(r *http.Request) (answer, error) {
	return answer{}, s.storedSecrets().remove(r)
}
