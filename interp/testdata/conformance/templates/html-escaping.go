package main

import (
	"fmt"
	"html"
	"html/template"
	"os"
	"strings"
)

type Comment struct {
	Author string
	Body   string
	Site   string
	Safe   template.HTML
	Data   any
	Class  Class
}

type Class string

func (c Class) String() string { return "class-" + string(c) }

type Payload struct {
	Name  string         `json:"name"`
	Tags  []string       `json:"tags"`
	Extra map[string]int `json:"extra,omitempty"`
	inner int
}

type Stamp int

func (s Stamp) MarshalJSON() ([]byte, error) { return fmt.Appendf(nil, `"<%d>"`, int(s)), nil }

const page = `<div class="{{.Class}}" title={{.Author}} onclick="show({{.Data}})">
<a href="{{.Site}}?q={{.Author}}">{{.Author}}</a> {{.Safe}} {{.Body}}
<script>var d = {{.Data}}; var s = "{{.Body}}"; var n = '{{.Author}}';</script>
<style>p { color: {{.Body}} }</style><!-- dropped {{.Author}} -->
<textarea>{{.Body}}</textarea>
</div>
`

func main() {
	t := template.Must(template.New("page").Parse(page))
	c := Comment{"O'Neil & <b>", "</script><i>\"x\"</i>", "javascript:alert(1)", "<em>safe</em>", Payload{Name: "<n>", Tags: []string{"a", "</b>"}}, "big"}
	fmt.Println(t.Execute(os.Stdout, c))
	c.Site, c.Data, c.Author = "https://e.org/a b", []any{Stamp(5), nil, true, 1.5, map[string]any{"k": Class("v")}}, "plain"
	fmt.Println(t.Execute(os.Stdout, &c))
	c.Data = func() {}
	fmt.Println(t.Execute(&strings.Builder{}, c))
	u := template.Must(template.New("u").Parse(`<a href="{{.}}">x</a> <img src={{.}}> <b {{.}}>` + "\n"))
	for _, v := range []any{template.URL("javascript:ok()"), "//h/p?a=1&b=2", template.HTMLAttr(`id="i"`), 5, nil} {
		fmt.Println(u.Execute(os.Stdout, v))
	}
	j := template.Must(template.New("j").Parse("<script>f({{.JS}}, {{.Str}}, {{.JSStr}})</script>\n"))
	fmt.Println(j.Execute(os.Stdout, map[string]any{"JS": template.JS("g()"), "Str": "g()", "JSStr": template.JSStr(`a\u0027`)}))
	for _, bad := range []string{"<a href='{{if .}}x{{else}}'{{end}}>", "<script>{{if .}}\"{{end}}</script>", "{{define \"x\"}}<a {{end}}{{template \"x\"}}"} {
		t, err := template.New("bad").Parse(bad)
		if err == nil {
			err = t.Execute(&strings.Builder{}, true)
		}
		fmt.Println(err)
	}
	fmt.Println(template.HTMLEscapeString("<&'\">"), template.JSEscapeString("it's <x>\n"), html.UnescapeString("&lt;&eacute;&#39;&amp;amp;"), html.EscapeString("a<b"))
	f := template.Must(template.New("f").Funcs(template.FuncMap{"safe": func(s string) template.HTML { return template.HTML(s) }, "list": func(n int) (out []Class) {
		for i := range n {
			out = append(out, Class(fmt.Sprint(i)))
		}
		return
	}}).Parse(`{{safe "<hr>"}}{{range list 2}}<i class="{{.}}">{{.}}</i>{{end}}{{"<x>" | printf "%s!"}}` + "\n"))
	fmt.Println(f.Execute(os.Stdout, nil))
}

// Output:
// <div class="class-big" title=O&#39;Neil&#32;&amp;&#32;&lt;b&gt; onclick="show({&#34;name&#34;:&#34;\u003cn\u003e&#34;,&#34;tags&#34;:[&#34;a&#34;,&#34;\u003c/b\u003e&#34;]})">
// <a href="#ZgotmplZ?q=O%27Neil%20%26%20%3cb%3e">O&#39;Neil &amp; &lt;b&gt;</a> <em>safe</em> &lt;/script&gt;&lt;i&gt;&#34;x&#34;&lt;/i&gt;
// <script>var d = {"name":"\u003cn\u003e","tags":["a","\u003c/b\u003e"]}; var s = "\u003c\/script\u003e\u003ci\u003e\u0022x\u0022\u003c\/i\u003e"; var n = 'O\u0027Neil \u0026 \u003cb\u003e';</script>
// <style>p { color: ZgotmplZ }</style>
// <textarea>&lt;/script&gt;&lt;i&gt;&#34;x&#34;&lt;/i&gt;</textarea>
// </div>
// <nil>
// <div class="class-big" title=plain onclick="show([&#34;\u003c5\u003e&#34;,null,true,1.5,{&#34;k&#34;:&#34;v&#34;}])">
// <a href="https://e.org/a%20b?q=plain">plain</a> <em>safe</em> &lt;/script&gt;&lt;i&gt;&#34;x&#34;&lt;/i&gt;
// <script>var d = ["\u003c5\u003e",null,true,1.5,{"k":"v"}]; var s = "\u003c\/script\u003e\u003ci\u003e\u0022x\u0022\u003c\/i\u003e"; var n = 'plain';</script>
// <style>p { color: ZgotmplZ }</style>
// <textarea>&lt;/script&gt;&lt;i&gt;&#34;x&#34;&lt;/i&gt;</textarea>
// </div>
// <nil>
// <nil>
// <a href="javascript:ok%28%29">x</a> <img src=javascript:ok%28%29> <b ZgotmplZ>
// <nil>
// <a href="//h/p?a=1&amp;b=2">x</a> <img src=//h/p?a&#61;1&amp;b&#61;2> <b ZgotmplZ>
// <nil>
// <a href="id=%22i%22">x</a> <img src=id&#61;%22i%22> <b id="i">
// <nil>
// <a href="5">x</a> <img src=5> <b 5>
// <nil>
// <a href="">x</a> <img src=ZgotmplZ> <b ZgotmplZ>
// <nil>
// <script>f(g(), "g()", "a\u0027")</script>
// <nil>
// html/template:bad:1:14: {{if}} branches end in different contexts: {stateURL delimSingleQuote urlPartPreQuery jsCtxRegexp [] attrURL elementNone <nil>}, {stateTag delimNone urlPartNone jsCtxRegexp [] attrNone elementNone <nil>}
// html/template:bad:1:13: {{if}} branches end in different contexts: {stateJSDqStr delimNone urlPartNone jsCtxRegexp [] attrNone elementScript <nil>}, {stateJS delimNone urlPartNone jsCtxRegexp [] attrNone elementScript <nil>}
// html/template:bad: ends in a non-text context: {stateTag delimNone urlPartNone jsCtxRegexp [] attrNone elementNone <nil>}
// &lt;&amp;&#39;&#34;&gt; it\'s \u003Cx\u003E\u000A <é'&amp; a&lt;b
// <hr><i class="class-0">class-0</i><i class="class-1">class-1</i>&lt;x&gt;!
// <nil>
