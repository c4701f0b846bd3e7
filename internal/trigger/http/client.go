package http

import (
	"net"
	"net/netip"
	"strings"

	"github.com/valyala/fasthttp"
)

// proxies decides whose word on a client's address is taken.
type proxies []netip.Prefix

func (p proxies) trust(addr netip.Addr) bool {
	addr = addr.Unmap()
	for _, network := range p {
		if network.Contains(addr) {
			return true
		}
	}
	return false
}

// client gives the address of the client behind a trusted peer, or "" where the peer tells none. X-Forwarded-For is
// read from its end, where the nearest proxy wrote: the first address that is not a trusted proxy's is the client's,
// because whatever stands before it may have been written by the client. Where all are proxies it is the first one.
func (p proxies) client(h *fasthttp.RequestHeader) string {
	var chain []string
	for _, v := range h.PeekAll(fasthttp.HeaderXForwardedFor) {
		chain = append(chain, strings.Split(string(v), ",")...)
	}
	last := ""
	for i := len(chain) - 1; i >= 0; i-- {
		addr, ok := parseAddr(chain[i])
		if !ok {
			return last // what a proxy cannot have written ends the chain
		}
		last = addr.String()
		if !p.trust(addr) {
			return last
		}
	}
	if last == "" {
		if addr, ok := parseAddr(string(h.Peek("X-Real-Ip"))); ok {
			last = addr.String()
		}
	}
	return last
}

// parseAddr reads an address, with or without a port, as proxies write it.
func parseAddr(s string) (netip.Addr, bool) {
	s = strings.TrimSpace(s)
	if addr, err := netip.ParseAddr(strings.Trim(s, "[]")); err == nil {
		return addr.Unmap().WithZone(""), true
	}
	if ap, err := netip.ParseAddrPort(s); err == nil {
		return ap.Addr().Unmap().WithZone(""), true
	}
	return netip.Addr{}, false
}

// peerAddr is the address at the other end of a connection; invalid for what is not TCP.
func peerAddr(c net.Conn) netip.Addr {
	if tcp, ok := c.RemoteAddr().(*net.TCPAddr); ok {
		return tcp.AddrPort().Addr().Unmap()
	}
	return netip.Addr{}
}
