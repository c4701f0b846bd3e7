package main

import (
	"crypto/ecdsa"
	"crypto/ed25519"
	"crypto/elliptic"
	"crypto/rand"
	"crypto/rsa"
	"errors"
	"fmt"
	"strings"
	"time"

	"github.com/golang-jwt/jwt/v5"
)

type claims struct {
	Role string `json:"role"`
	jwt.RegisteredClaims
}

func (c claims) Validate() error {
	if c.Role == "nobody" {
		return errors.New("nobody may come in")
	}
	return nil
}

func main() {
	key := []byte("secret")
	at := time.Date(2030, 1, 1, 0, 0, 0, 0, time.UTC)
	token := jwt.NewWithClaims(jwt.SigningMethodHS256, claims{"admin", jwt.RegisteredClaims{
		Issuer: "me", Subject: "you", Audience: jwt.ClaimStrings{"a", "b"}, ExpiresAt: jwt.NewNumericDate(at), IssuedAt: jwt.NewNumericDate(at.Add(-time.Hour)), ID: "1",
	}})
	signed, err := token.SignedString(key)
	fmt.Println(signed, err)

	keyFunc := func(t *jwt.Token) (any, error) {
		if _, ok := t.Method.(*jwt.SigningMethodHMAC); !ok {
			return nil, fmt.Errorf("unexpected method %v", t.Header["alg"])
		}
		return key, nil
	}
	clock := func(when time.Time) jwt.ParserOption {
		return jwt.WithTimeFunc(func() time.Time { return when })
	}
	parsed, err := jwt.ParseWithClaims(signed, &claims{}, keyFunc, clock(at.Add(-time.Minute)), jwt.WithIssuer("me"), jwt.WithAudience("b"), jwt.WithValidMethods([]string{"HS256"}))
	c := parsed.Claims.(*claims)
	fmt.Println(err, parsed.Valid, c.Role, c.Subject, c.Audience, c.ExpiresAt, parsed.Header["alg"], parsed.Method.Alg())

	for name, options := range map[string][]jwt.ParserOption{"one": {clock(at.Add(time.Minute))}} {
		_, err = jwt.ParseWithClaims(signed, &claims{}, keyFunc, options...)
		fmt.Println(name, err, errors.Is(err, jwt.ErrTokenExpired), errors.Is(err, jwt.ErrTokenInvalidClaims), errors.Is(err, jwt.ErrTokenMalformed))
	}
	_, err = jwt.ParseWithClaims(signed, &claims{}, keyFunc, clock(at.Add(-time.Minute)), jwt.WithIssuer("other"), jwt.WithAudience("z"))
	fmt.Println(err, errors.Is(err, jwt.ErrTokenInvalidIssuer), errors.Is(err, jwt.ErrTokenInvalidAudience))
	_, err = jwt.Parse(signed[:len(signed)-3]+"abc", keyFunc, clock(at.Add(-time.Minute)))
	fmt.Println(err, errors.Is(err, jwt.ErrTokenSignatureInvalid))
	_, err = jwt.Parse("a.b", keyFunc)
	fmt.Println(err, errors.Is(err, jwt.ErrTokenMalformed))
	nobody, _ := jwt.NewWithClaims(jwt.SigningMethodHS512, claims{Role: "nobody"}).SignedString(key)
	_, err = jwt.ParseWithClaims(nobody, &claims{}, keyFunc)
	fmt.Println(err)
	m, err := jwt.Parse(signed, keyFunc, clock(at.Add(-time.Minute)))
	mc := m.Claims.(jwt.MapClaims)
	exp, err2 := mc.GetExpirationTime()
	fmt.Println(err, mc["role"], exp.UTC(), err2, len(mc))

	rsaKey, err := rsa.GenerateKey(rand.Reader, 2048)
	fmt.Println(err)
	ecKey, _ := ecdsa.GenerateKey(elliptic.P256(), rand.Reader)
	edPub, edKey, _ := ed25519.GenerateKey(nil)
	for _, try := range []struct {
		method      jwt.SigningMethod
		key, public any
	}{
		{jwt.SigningMethodRS256, rsaKey, &rsaKey.PublicKey}, {jwt.SigningMethodPS384, rsaKey, &rsaKey.PublicKey},
		{jwt.SigningMethodES256, ecKey, &ecKey.PublicKey}, {jwt.SigningMethodEdDSA, edKey, edPub},
		{jwt.SigningMethodNone, jwt.UnsafeAllowNoneSignatureType, jwt.UnsafeAllowNoneSignatureType}, {jwt.SigningMethodHS256, "text", key},
	} {
		s, err := jwt.NewWithClaims(try.method, jwt.MapClaims{"sub": "x"}).SignedString(try.key)
		if err != nil {
			fmt.Println(try.method.Alg(), err, errors.Is(err, jwt.ErrInvalidKeyType))
			continue
		}
		t, err := jwt.Parse(s, func(*jwt.Token) (any, error) { return try.public, nil })
		fmt.Println(try.method.Alg(), err, t.Valid, strings.Count(s, "."))
	}
	fmt.Println(jwt.GetAlgorithms() != nil, jwt.GetSigningMethod("ES512").Alg())
}
