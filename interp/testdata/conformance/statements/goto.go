package main

import "fmt"

func collatz(n int) (steps int) {
loop:
	if n == 1 {
		return steps
	}
	steps++
	if n%2 == 0 {
		n /= 2
		goto loop
	}
	n = 3*n + 1
	goto loop
}

func find(grid [][]int, want int) (string, bool) {
	var i, j int
	for i = range grid {
		for j = range grid[i] {
			if grid[i][j] == want {
				goto found
			}
		}
	}
	return "", false
found:
	return fmt.Sprint(i, ",", j), true
}

func retry(fail int) (log []string) {
	attempt := 0
again:
	attempt++
	switch {
	case attempt <= fail:
		log = append(log, fmt.Sprint("failed ", attempt))
		if attempt >= 3 {
			goto giveUp
		}
		goto again
	default:
		log = append(log, "worked")
		goto done
	}
giveUp:
	log = append(log, "gave up")
done:
	log = append(log, "done")
	return log
}

func scan(input string) (words int) {
	i := 0
space:
	for i < len(input) && input[i] == ' ' {
		i++
	}
	if i == len(input) {
		goto end
	}
	words++
	for i < len(input) {
		if input[i] == ' ' {
			goto space
		}
		i++
	}
end:
	return
}

func main() {
	fmt.Println(collatz(1), collatz(6), collatz(27))
	grid := [][]int{{1, 2}, {3}, {4, 5, 6}}
	fmt.Println(find(grid, 5))
	fmt.Println(find(grid, 7))
	fmt.Println(retry(0), retry(2), retry(9))
	fmt.Println(scan(""), scan("  "), scan("one"), scan(" one  two three "))
	n := 0
	{
	inner:
		n++
		if n < 3 {
			goto inner
		}
	}
	fmt.Println(n)
	fns := []func() int{}
	k := 0
more:
	v := k * k
	fns = append(fns, func() int { return v })
	if k++; k < 3 {
		goto more
	}
	for _, f := range fns {
		fmt.Print(f(), " ")
	}
	fmt.Println()
}

// Output:
// 0 8 111
// 2,1 true
//  false
// [worked done] [failed 1 failed 2 worked done] [failed 1 failed 2 failed 3 gave up done]
// 0 0 1 3
// 3
// 0 1 4
