// The workshop's tool: what the Makefile does beyond one line. `dev` alone lists its commands.

await Dev.main()
