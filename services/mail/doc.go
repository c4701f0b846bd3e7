// Package mail sends mail.
//
// The kind email hands messages to an SMTP server; the kind outbox writes them as
// .eml files into a folder, for machines without a mail server and for tests.
// [Kinds] makes both known to the service manager; a handler reaches one through
// gateway.Context.Email.
//
// # Composing
//
// Both write the same bytes: [compose] checks a gateway.Message and makes the mail
// of it. Whatever could smuggle a header or command into it is refused.
//
// # Sending once
//
// A message that the server turns away for the moment is tried again, up to
// max_retries times. When the connection breaks after the last byte and before the
// server's answer, nobody knows whether the message is on its way: it is not sent
// again, and the handler gets gateway.ErrServiceUnavailable that says so.
package mail
