// Package handler is a handler that computes: numbers, elements of slices, bytes of
// texts, fields. It is measured compiled and interpreted.
package handler

import (
	"strconv"

	"gateway"
)

type point struct{ x, y float64 }

func primes(n int) int {
	composite := make([]bool, n+1)
	count := 0
	for i := 2; i <= n; i++ {
		if composite[i] {
			continue
		}
		count++
		for j := i * i; j <= n; j += i {
			composite[j] = true
		}
	}
	return count
}

func fibonacci(n int) int {
	if n < 2 {
		return n
	}
	return fibonacci(n-1) + fibonacci(n-2)
}

func checksum(text string) uint32 {
	sum := uint32(2166136261)
	for i := 0; i < len(text); i++ {
		sum = (sum ^ uint32(text[i])) * 16777619
	}
	return sum
}

func length(points []point) float64 {
	sum := 0.0
	for i := 1; i < len(points); i++ {
		dx, dy := points[i].x-points[i-1].x, points[i].y-points[i-1].y
		sum += dx*dx + dy*dy
	}
	return sum
}

func Handle(ctx *gateway.Context, req *gateway.Request) (*gateway.Response, error) {
	points := make([]point, 100)
	for i := range points {
		points[i] = point{float64(i), float64(i % 7)}
	}
	sum := primes(1000) + fibonacci(10) + int(checksum("a text of which every byte counts")%1000) + int(length(points))
	return gateway.Text(200, strconv.Itoa(sum)), nil
}
