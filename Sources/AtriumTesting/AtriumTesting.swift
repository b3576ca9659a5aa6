// AtriumTesting
