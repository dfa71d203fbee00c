// Prints what the corpus is made of, as one would cite it.
package main

import (
	"context"
	"fmt"
	"log"
	"os"

	gospelib "github.com/gospelib/gospelib/clients/go"
)

func main() {
	origin := "http://localhost:8080"
	if len(os.Args) > 1 {
		origin = os.Args[1]
	}
	client, err := gospelib.New(origin)
	if err != nil {
		log.Fatal(err)
	}
	corpus, err := client.Corpus(context.Background())
	if err != nil {
		log.Fatal(err)
	}
	for _, source := range corpus.JSON200.Sources {
		fmt.Printf("%s (%s)\n", source.Title, source.Licence)
	}
}
