package main

import (
	"fmt"
	"os"

	"github.com/spf13/cobra"
	"github.com/spf13/pflag"

	"gateway/internal/config"
)

// settingFlags are the flags that override keys of the configuration.
var settingFlags = []struct{ name, key, value, usage string }{
	{"data", "server.data", "DIR", "folder of everything the gateway keeps"},
	{"scripts", "server.scripts", "DIR", "folder of live scripts; empty for none"},
	{"listen", "server.listen", "ADDR", "address of the endpoints"},
	{"admin-listen", "admin.listen", "ADDR", "address of the admin API"},
}

// addSettingFlags gives a command the flags that override the configuration.
func addSettingFlags(cmd *cobra.Command) {
	flags := cmd.Flags()
	flags.String("config", "", "configuration `FILE` (gateway.toml where it exists)")
	defaults := map[string]string{}
	d := config.Default()
	defaults["server.data"], defaults["server.scripts"] = d.Server.Data, d.Server.Scripts
	defaults["server.listen"], defaults["admin.listen"] = d.Server.Listen, d.Admin.Listen
	for _, f := range settingFlags {
		flags.String(f.name, defaults[f.key], f.usage+" (`"+f.value+"`)")
	}
}

// superviseFlag is a flag of the command serve alone.
const superviseFlag = "supervise"

// loadConfig reads the configuration that a command's flags, the environment and
// the file make.
func loadConfig(cmd *cobra.Command) (config.Config, error) {
	file, err := cmd.Flags().GetString("config")
	if err != nil {
		return config.Config{}, err
	}
	src := config.Sources{File: file, Environ: os.Environ(), Flags: map[string]any{}}
	if file == "" {
		src.File, src.Optional = "gateway.toml", true
	}
	set := map[string]string{}
	cmd.Flags().Visit(func(f *pflag.Flag) { set[f.Name] = f.Value.String() })
	for _, f := range settingFlags {
		if value, ok := set[f.name]; ok {
			src.Flags[f.key] = value
		}
	}
	if value, ok := set[superviseFlag]; ok {
		src.Flags["server.supervise"] = value
	}
	c, err := config.Load(src)
	if err != nil {
		return config.Config{}, err
	}
	// The default scripts folder need not exist; one that was asked for must.
	if _, err := os.Stat(c.Server.Scripts); c.Server.Scripts != "" && os.IsNotExist(err) {
		if c.Server.Scripts != config.Default().Server.Scripts {
			return config.Config{}, fmt.Errorf("the scripts folder %s does not exist: make it, or name another with --scripts", c.Server.Scripts)
		}
		c.Server.Scripts = ""
	}
	return c, nil
}

func newConfig() *cobra.Command {
	cmd := &cobra.Command{
		Use:   "config",
		Short: "Print the effective configuration",
		Long: `Print the effective configuration as a gateway.toml: the defaults, the file,
GATEWAY_SECTION_KEY environment variables and flags, each over the one before.
Secrets are masked.`,
		Args: cobra.NoArgs,
		RunE: func(cmd *cobra.Command, _ []string) error {
			c, err := loadConfig(cmd)
			if err != nil {
				return err
			}
			text, err := c.TOML()
			if err != nil {
				return err
			}
			_, err = fmt.Fprint(cmd.OutOrStdout(), text)
			return err
		},
	}
	addSettingFlags(cmd)
	return cmd
}
