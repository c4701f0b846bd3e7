package lower

import "go/types"

// logs finds out whether the program logs by packages log and log/slog, and whether it
// asks for the file and line of messages.
func (l *lowerer) logs() {
	for _, s := range l.order {
		if s.Standard {
			continue
		}
		imported := false
		for _, p := range s.Types.Imports() {
			imported = imported || p.Path() == "log" || p.Path() == "log/slog"
		}
		if !imported {
			continue
		}
		l.prog.Logs = true
		for _, obj := range s.Info.Uses {
			l.prog.ShowsSource = l.prog.ShowsSource || showsSource(obj)
		}
	}
}

// showsSource reports whether the name is one by which messages get their place.
func showsSource(obj types.Object) bool {
	if obj.Pkg() == nil {
		return false
	}
	switch obj.Pkg().Path() + "." + obj.Name() {
	case "log.Lshortfile", "log.Llongfile", "log/slog.AddSource", "log/slog.PC", "log/slog.Source":
		return true
	}
	return false
}
