package main

import (
	"bufio"
	"errors"
	"fmt"
	"strconv"
	"strings"
)

type Op byte

const (
	Push Op = iota
	Add
	Sub
	Mul
	Less
	Load
	Store
	Jump
	JumpZero
	Call
	Ret
	Print
	Halt
)

var opNames = [...]string{"push", "add", "sub", "mul", "less", "load", "store", "jump", "jumpz", "call", "ret", "print", "halt"}

func (o Op) String() string { return opNames[o] }

type Instr struct {
	Op  Op
	Arg int
}

func (i Instr) String() string {
	switch i.Op {
	case Push, Load, Store, Jump, JumpZero, Call:
		return fmt.Sprintf("%v %d", i.Op, i.Arg)
	}
	return i.Op.String()
}

type VM struct {
	code  []Instr
	pc    int
	stack []int
	calls []int
	vars  [8]int
	out   []string
	steps int
}

var (
	ErrUnderflow = errors.New("stack underflow")
	ErrSteps     = errors.New("too many steps")
)

type vmError struct {
	pc  int
	in  Instr
	err error
}

func (e *vmError) Error() string { return fmt.Sprintf("%d: %v: %v", e.pc, e.in, e.err) }

func (e *vmError) Unwrap() error { return e.err }

func (vm *VM) pop() int {
	if len(vm.stack) == 0 {
		panic(ErrUnderflow)
	}
	v := vm.stack[len(vm.stack)-1]
	vm.stack = vm.stack[:len(vm.stack)-1]
	return v
}

func (vm *VM) push(v int) { vm.stack = append(vm.stack, v) }

var binary = map[Op]func(a, b int) int{
	Add: func(a, b int) int { return a + b },
	Sub: func(a, b int) int { return a - b },
	Mul: func(a, b int) int { return a * b },
	Less: func(a, b int) int {
		if a < b {
			return 1
		}
		return 0
	},
}

func (vm *VM) Run(limit int) (err error) {
	var in Instr
	defer func() {
		switch v := recover().(type) {
		case nil:
		case error:
			err = &vmError{vm.pc - 1, in, v}
		default:
			panic(v)
		}
	}()
	for ; ; vm.steps++ {
		if vm.steps == limit {
			panic(ErrSteps)
		}
		in = vm.code[vm.pc]
		vm.pc++
		switch f, ok := binary[in.Op]; {
		case ok:
			b, a := vm.pop(), vm.pop()
			vm.push(f(a, b))
			continue
		}
		switch in.Op {
		case Push:
			vm.push(in.Arg)
		case Load:
			vm.push(vm.vars[in.Arg])
		case Store:
			vm.vars[in.Arg] = vm.pop()
		case JumpZero:
			if vm.pop() != 0 {
				break
			}
			fallthrough
		case Jump:
			vm.pc = in.Arg
		case Call:
			vm.calls = append(vm.calls, vm.pc)
			vm.pc = in.Arg
		case Ret:
			last := len(vm.calls) - 1
			vm.pc, vm.calls = vm.calls[last], vm.calls[:last]
		case Print:
			vm.out = append(vm.out, strconv.Itoa(vm.pop()))
		case Halt:
			return nil
		}
	}
}

func Assemble(src string) (code []Instr, err error) {
	labels, fixes := map[string]int{}, map[int]string{}
	sc := bufio.NewScanner(strings.NewReader(src))
	for line := 1; sc.Scan(); line++ {
		text, _, _ := strings.Cut(sc.Text(), ";")
		fields := strings.Fields(text)
		if len(fields) == 0 {
			continue
		}
		if label, ok := strings.CutSuffix(fields[0], ":"); ok {
			labels[label] = len(code)
			continue
		}
		in := Instr{Op: Halt + 1}
		for i, n := range opNames {
			if n == fields[0] {
				in.Op = Op(i)
			}
		}
		if in.Op > Halt {
			return nil, fmt.Errorf("line %d: no instruction %q", line, fields[0])
		}
		if len(fields) > 1 {
			if in.Arg, err = strconv.Atoi(fields[1]); err != nil {
				fixes[len(code)] = fields[1]
			}
		}
		code = append(code, in)
	}
	for at, label := range fixes {
		target, ok := labels[label]
		if !ok {
			return nil, fmt.Errorf("%v at %d: no label %q", code[at].Op, at, label)
		}
		code[at].Arg = target
	}
	return code, nil
}

const factorial = `
	push 1
	store 0
	push 6
	store 1
loop:	
	load 1
	jumpz done
	call step
	jump loop
done:
	load 0
	print
	halt
step:   
	load 0
	load 1
	mul
	store 0
	load 1
	push 1
	sub      ; count down
	store 1
	ret
`

func main() {
	code, err := Assemble(factorial)
	fmt.Println(len(code), err, code[:6])
	vm := &VM{code: code}
	fmt.Println(vm.Run(1000), vm.out, vm.steps, vm.vars)
	for _, src := range []string{"push 1\nadd\nhalt", "here:\njump here", "push 1\nprint", "store 9\nhalt", "push 1\nstore 9", "nope 1", "jump away"} {
		code, err := Assemble(src)
		if err != nil {
			fmt.Println("assemble:", err)
			continue
		}
		vm := &VM{code: code}
		err = vm.Run(50)
		var ve *vmError
		fmt.Println(err, errors.Is(err, ErrUnderflow), errors.Is(err, ErrSteps), errors.As(err, &ve))
	}
}

// Output:
// 20 <nil> [push 1 store 0 push 6 store 1 load 1 jumpz 8]
// <nil> [720] 86 [720 0 0 0 0 0 0 0]
// 1: add: stack underflow true false true
// -1: jump 0: too many steps false true true
// 1: print: runtime error: index out of range [2] with length 2 false false true
// 0: store 9: stack underflow true false true
// 1: store 9: runtime error: index out of range [9] with length 8 false false true
// assemble: line 1: no instruction "nope"
// assemble: jump at 0: no label "away"
